import pytest

from fabrique.domain.language import Language
from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, first, play, played, said, script, step
from tests.laws import rooms

DATE = {"answer": "date", "accepted": ["26/09/2022", "1er octobre 2022"]}


def challenge(*answers, people="ana bo cy", **settings):
    return first(step("challenge", *answers, settings={**DATE, **settings}), people=people)


def test_challenge_counts_every_attempt_and_people_by_heads():
    found = challenge(
        said("bo", 20, text="hier"),
        said("ana", 9.5, text="26-9-22"),
        said("cy", 9.4, text="25/09/2022"),
        said("cy", 30, text="1 octobre 2022"),
        people="ana bo*3 cy*2 dee*4",
    )
    assert found == {
        "id": "challenge",
        "kind": "challenge",
        "title": "Titre",
        "run": "r2",
        "joined": 10,
        "answered": 6,
        "abstained": 0,
        "entries": 4,
        "attempts": 4,
        "right": 3,
        "winners": ["ana"],
        "seconds": 9.5,
        "participation_percent": 60,
    }


def test_challenge_winners_share_a_time_in_the_order_of_the_file():
    at = 27.0
    found = challenge(said("cy", at, text="26/9/22"), said("ana", at, text="26 septembre 2022"))
    assert (found["winners"], repr(found["seconds"])) == (["cy", "ana"], "27")


def test_challenge_a_microsecond_later_does_not_win():
    found = challenge(said("cy", 0.100001, text="26/9/22"), said("ana", 0.1, text="26/9/22"))
    assert (found["winners"], found["seconds"]) == (["ana"], 0.1)


def test_challenge_won_by_somebody_without_a_name_shows_no_id():
    answers = [said(one, 1, text="26/9/22") for one in ("ana", "bo")]
    room = played(script(step("challenge", *answers, settings=DATE)))
    run = room.session.runs["r2"]
    for names in ({"ana": "Ana", "bo": ""}, {"ana": "Ana"}):
        assert KINDS["challenge"].shown(run, room.session.people, names).winners[0] == "Ana"
        facts = KINDS["challenge"].blocks(run, room.session.people, names)[1].facts
        assert Language("fr").say(facts[0].value) == "Ana, 1 personne sans nom"


def test_challenge_nobody_right():
    found = challenge(said("ana", 1, text="26/9/23"))
    assert (found["right"], found["winners"], found["seconds"]) == (0, [], None)


def test_challenge_of_an_empty_room():
    found = challenge(people="")
    assert (found["joined"], found["participation_percent"]) == (0, 0)


@pytest.mark.parametrize(("attempts", "kept"), [(1, 1), (2, 2), (5, 3)])
def test_challenge_attempts_used_up_are_refused(attempts, kept):
    answers = [said("ana", n, text="26/9/22") for n in range(3)]
    found = play(script(step("challenge", *answers, settings={**DATE, "attempts": attempts})))
    assert (found["steps"][0]["attempts"], found["refused"]) == (kept, 3 - kept)


def test_challenge_attempts_are_not_used_up_by_refused_ones():
    answers = [said("ana", -1, text="x"), said("ana", 1, text="26/9/22")]
    assert challenge(*answers, attempts=1)["winners"] == ["ana"]


@pytest.mark.parametrize(
    ("settings", "right", "wrong"),
    [
        ({"answer": "number", "accepted": ["1 234,5"]}, ["+1234.50", "1\u00a0234,5"], ["1e3", ""]),
        ({"answer": "number", "accepted": ["10"], "tolerance": 0.1}, ["9,9", "10.1"], ["10.11"]),
        ({"answer": "number", "accepted": [10.5]}, ["10,5"], ["10"]),
        ({"answer": "text", "accepted": ["Élan vital"]}, ["elan  VITAL "], ["l’élan vital", ""]),
        ({"answer": "text", "accepted": ["cœur"]}, ["CŒUR"], ["coeur"]),
        ({"answer": "text", "accepted": []}, [], ["x"]),
    ],
)
def test_challenge_judges(settings, right, wrong):
    texts = [*right, *wrong]
    people = " ".join(f"p{n}" for n in range(len(texts)))
    answers = [said(f"p{n}", n, text=text) for n, text in enumerate(texts)]
    found = first(step("challenge", *answers, settings=settings), people=people)
    assert found["right"] == len(right)


@pytest.mark.parametrize(
    "change",
    [
        {"accepted": ["26/09-2022"]},
        {"accepted": ["29/02/2021"]},
        {"accepted": ["26/09/2022", ""]},
        {"answer": "number", "accepted": ["un"]},
        {"answer": "number", "accepted": [True]},
        {"accepted": "26/09/2022"},
        {"accepted": [20220926]},
        {"answer": "colour"},
        {"tolerance": -1},
        {"tolerance": "1"},
        {"tolerance": True},
        {"attempts": 0},
        {"attempts": 1.0},
        {"attempts": None},
        {"placeholder": 5},
        {"hint": "x"},
    ],
)
def test_challenge_with_settings_that_cannot_be_is_invalid(change):
    with pytest.raises(Invalid) as no:
        challenge(**change)
    assert no.value.where.startswith(".steps[0].settings")


@pytest.mark.parametrize("missing", ["answer", "accepted"])
def test_challenge_needs_its_form_and_its_right_answers(missing):
    settings = {key: value for key, value in DATE.items() if key != missing}
    with pytest.raises(Invalid, match=missing):
        first(step("challenge", settings=settings))


def test_challenge_tells_a_phone_nothing_of_what_is_right():
    room = played(script(step("challenge", said("ana", 1, text="26/9/22"), settings=DATE)))
    run = room.session.runs["r2"]
    assert "26/09/2022" not in repr(KINDS["challenge"].ask(run.definition))
    assert KINDS["challenge"].mine(run, "ana")["right"]
    run.revealed_at = None
    assert "right" not in KINDS["challenge"].mine(run, "ana")


def test_groups_are_brought_together_and_the_fastest_wins():
    room, journal = rooms.at_tables("challenge")
    for run, who in (("r1", "ana"), ("r2", "bo"), ("r2", "bo")):
        rooms.ask(room, journal, "answer", who, {"text": "1789"}, run)
    for run in ("r1", "r2"):
        rooms.ask(room, journal, "close", "", {}, run)
    assert rooms.ask(room, journal, "group.gather", "", {"step": "one"})
    run = room.session.runs["r3"]
    found = rooms.KINDS["challenge"].result(run, room.session.people)
    first = min(one.at for one in run.state) - room.session.runs["r1"].opened_at
    assert (found["winners"], found["attempts"]) == (["ana"], 3)
    assert found["seconds"] == first.total_seconds()
