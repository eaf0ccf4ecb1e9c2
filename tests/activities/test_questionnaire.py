import pytest

from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid
from tests.activities.pools import Pool
from tests.importers.scripts import KINDS, first, form, play, played, question, said, script
from tests.laws import rooms

YES = {"question": "single", "choice": [0]}


def single(*answers, **own):
    return question("single", *answers, options=["oui", "non"], **own)


def test_questionnaire_answered_is_of_the_whole_and_entries_of_all_questions():
    found = first(
        form(
            single(said("ana", 1, choice=[0]), said("ana", 2, choice=[1])),
            question("open", said("bo", 1, text="x")),
            question("rating", said("bo", 1, value=2, revised=[1, 2]), settings={"scale": 3}),
        ),
        people="ana bo*3 cy",
    )
    assert (found["answered"], found["abstained"], found["entries"]) == (4, 0, 5)
    assert [one["answered"] for one in found["questions"]] == [1, 3, 3]


def test_questionnaire_abstained_are_those_whose_every_current_answer_is_an_abstention():
    found = first(
        form(
            single(said("ana", 1, choice=[]), said("bo", 1, choice=[]), said("cy", 1, choice=[])),
            question("rating", said("bo", 2, value=None), settings={"scale": 3}),
            question("ranking", said("cy", 2, order=[]), options=["x"], settings={"top": 1}),
        ),
        people="ana*2 bo cy",
    )
    assert (found["answered"], found["abstained"]) == (4, 3)


@pytest.mark.parametrize(
    ("given", "at", "accepted"),
    [
        ([], 5, 0),
        ([said("ana", 1, choice=[0])], 5, 1),
        ([said("ana", 1, choice=[1])], 5, 0),
        ([said("ana", 1, choice=[])], 5, 0),
        ([said("ana", 6, choice=[0])], 5, 0),  # not yet
        ([said("ana", 5, choice=[0])], 5, 1),  # same moment, before in the file
        ([said("bo", 1, choice=[0])], 5, 0),
        ([said("ana", 1, choice=[1]), said("ana", 2, choice=[0])], 5, 1),
        ([said("ana", 1, choice=[0]), said("ana", 2, choice=[1])], 5, 0),
        ([said("ana", 1, choice=[0]), said("ana", 6, choice=[1])], 5, 1),  # nothing is removed
    ],
)
def test_questionnaire_condition_holds_at_that_moment(given, at, accepted):
    why = question("open", said("ana", at, text="parce que"), show_if=YES)
    found = play(script(form(single(*given), why)))
    assert found["steps"][0]["questions"][1]["answered"] == accepted
    assert found["refused"] == 1 - accepted


def test_questionnaire_condition_on_a_later_question_of_the_same_moment_fails():
    why = question("open", said("ana", 5, text="x"), show_if=YES)
    found = play(script(form(why, single(said("ana", 5, choice=[0])))))
    assert found["refused"] == 1


def test_questionnaire_condition_holds_by_one_choice_of_several():
    many = question("multiple", said("ana", 1, choice=[2, 1]), options=["a", "b", "c"])
    why = question(
        "open", said("ana", 2, text="x"), show_if={"question": "multiple", "choice": [0, 1]}
    )
    assert play(script(form(many, why)))["refused"] == 0


def test_questionnaire_reached_are_those_who_were_asked():
    answers = [said("ana", 1, choice=[0]), said("bo", 1, choice=[1])]
    why = question("open", show_if=YES)
    found = first(form(single(*answers), why), people="ana*2 bo cy")
    assert [one["reached"] for one in found["questions"]] == [4, 2]


def test_questionnaire_hidden_and_against_the_rules_is_refused_once():
    many = question(
        "multiple", said("ana", 1, choice=[0]), options=["a"], settings={"min": 2}, show_if=YES
    )
    assert play(script(form(single(), many)))["refused"] == 1


@pytest.mark.parametrize(
    "show_if",
    [
        {"question": "nowhere", "choice": [0]},
        {"question": "open", "choice": [0]},
        {"question": "single", "choice": [2]},
        {"question": "single", "choice": ["0"]},
        {"question": "single", "choice": 0},
        {"question": "single"},
        {"choice": [0]},
        {"question": "single", "choice": [0], "not": True},
    ],
)
def test_questionnaire_with_a_condition_that_cannot_be_is_invalid(show_if):
    with pytest.raises(Invalid) as no:
        first(form(single(), question("open", show_if=show_if)))
    assert no.value.where.startswith(".steps[0].questions[1]")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "essay"}, ".steps[0].questions[0].kind"),
        ({"kind": 5}, ".steps[0].questions[0].kind"),
        ({"kind": "challenge"}, ".steps[0].questions[0].kind"),
        ({"image": {"src": "a", "alt": "b"}}, ".steps[0].questions[0]"),
        ({"options": []}, ".steps[0].questions[0].options"),
        ({"options": ["a", "\r"]}, ".steps[0].questions[0].options[1]"),
        ({"id": ""}, ".steps[0].questions[0]"),
        ({"id": "x" * 2001}, ".steps[0].questions[0].id"),
        ({"likes": []}, ".steps[0].questions[0]"),
        ({"answers": {}}, ".steps[0].questions[0].answers"),
        ({"answers": [5]}, ".steps[0].questions[0].answers[0]"),
        ({"answers": [said("zoe", 1, choice=[0])]}, ".steps[0].questions[0].answers[0]"),
        ({"answers": [said("ana", 1, choice=[5])]}, ".steps[0].questions[0].answers[0].choice"),
    ],
)
def test_questionnaire_says_where_a_question_cannot_be(change, where):
    with pytest.raises(Invalid) as no:
        first(form({**single(), **change}))
    assert no.value.where == where


@pytest.mark.parametrize("missing", ["id", "kind", "title", "options", "answers"])
def test_questionnaire_names_the_missing_key_of_a_question(missing):
    one = single()
    del one[missing]
    with pytest.raises(Invalid, match=missing):
        first(form(one))


def test_questionnaire_with_two_equal_ids_is_invalid():
    with pytest.raises(Invalid, match="single"):
        first(form(single(), single()))


def test_questionnaire_has_no_answers_of_its_own():
    with pytest.raises(Invalid, match="answers"):
        first({**form(single()), "answers": []})


@pytest.mark.parametrize("questions", [[], {}, "single", [5]])
def test_questionnaire_without_questions_is_invalid(questions):
    with pytest.raises(Invalid):
        first({**form(), "questions": questions})


def test_questionnaire_mine_tells_answers_and_changes():
    room = played(script(form(single(said("ana", 1, choice=[0]), said("ana", 2, choice=[1])))))
    assert KINDS["questionnaire"].mine(room.session.runs["r2"], "ana") == {
        "answers": [{"question": "single", "answer": {"choice": (1,)}}],
        "changes": 1,
        "changed": {"single": 1},
    }


def revealed():
    """A questionnaire that was answered once and whose results are shown, and its journal."""
    room, journal = rooms.opened("questionnaire")
    reply = {"question": "open", "answer": {"text": "oui"}}
    assert rooms.ask(room, journal, "answer", "ana", reply)
    assert rooms.ask(room, journal, "reveal", "", {})
    return room, journal


def results_of(session):
    return KINDS["questionnaire"].shown(session.runs["r1"], session.people, {})


def test_questionnaire_shows_its_first_question_until_the_animation_turns_it():
    room, journal = revealed()
    ids = [one.id for one in room.session.runs["r1"].definition.questions]
    shown = results_of(room.session)
    assert (shown.place, shown.current.id, shown.before, shown.after) == (1, ids[0], "", ids[1])
    assert rooms.ask(room, journal, "show", "", {"question": ids[1]})
    shown = results_of(room.session)
    assert (shown.place, shown.current.id, shown.before, shown.after) == (2, ids[1], ids[0], ids[2])
    assert rooms.ask(room, journal, "show", "", {"question": ids[-1]})
    assert results_of(room.session).after == ""
    again = fold(Session(room.session.plan), journal, KINDS)
    assert results_of(again) == results_of(room.session)


def test_questionnaire_turned_is_no_answer():
    room, journal = revealed()
    before = KINDS["questionnaire"].entries(room.session.runs["r1"])
    assert rooms.ask(room, journal, "show", "", {"question": "open"})
    assert KINDS["questionnaire"].entries(room.session.runs["r1"]) == before
    assert KINDS["questionnaire"].answered(room.session.runs["r1"]) == {"ana"}


def test_questionnaire_is_turned_by_the_animation_to_a_question_of_its_own():
    room, journal = revealed()
    assert not rooms.ask(room, journal, "show", "ana", {"question": "open"})
    assert room.refused == {"role": 1}
    assert not rooms.ask(room, journal, "show", "", {"question": "nowhere"})
    assert results_of(room.session).place == 1


ASKED = [
    {"kind": "open", "id": "mot", "title": "Un mot"},
    {"kind": "rating", "id": "note", "title": "Note", "settings": {"scale": 5, "comments": True}},
]


def moderated(*, review=False):
    found = Pool("questionnaire", questions=ASKED, settings={"review": review})
    for who, text in (("ana", "un"), ("bo", "deux")):
        assert found.ask("answer", who, question="mot", answer={"text": text}) is None
    grade = {"value": 4, "comment": "mieux"}
    assert found.ask("answer", "cy", question="note", answer=grade) is None
    return found


def quoted(found, screen="stage"):
    found.ask("reveal")
    view = found.kind.view(found.run, screen, found.people, {})
    return [quote.text for shown in view.result.questions for quote in shown.quotes]


def led(found):
    """Every text on the console, by its words: its id and where it stands."""
    result = found.kind.view(found.run, "console", found.people, {}).result
    return {one.text: one for sheet in result.written for one in sheet.written}


def test_what_is_hidden_is_counted_and_shown_to_nobody_else():
    found = moderated()
    assert [one.state for one in led(found).values()] == ["", "", ""]
    for text in ("un", "mieux"):
        assert found.ask("hide", item=led(found)[text].item) is None
    assert quoted(found) == ["deux"]
    assert quoted(found, "console") == ["deux"]
    result = found.result()
    assert (result["questions"][0]["texts"], result["questions"][0]["answered"]) == (["deux"], 3)
    assert (result["questions"][1]["distribution"], result["hidden"]) == ([0, 0, 0, 1, 0], 2)
    assert [one.text for one in found.kind.travellers(found.run)] == ["deux"]
    assert "contributions were hidden" in repr(found.kind.blocks(found.run, found.people, {}))
    [own] = found.kind.mine(found.run, "ana")["answers"]
    assert own["state"] == "ishidden"
    assert found.ask("restore", item=led(found)["un"].item) is None
    assert quoted(found) == ["un", "deux"]


def test_what_waits_to_be_read_counts_at_once_and_is_read_again_once_it_changes():
    found = moderated(review=True)
    assert quoted(found) == []
    assert found.result()["held"] == 3
    assert found.result()["questions"][1]["distribution"] == [0, 0, 0, 1, 0]
    assert found.ask("release", item=led(found)["mieux"].item) is None
    assert quoted(found) == ["mieux"]
    assert found.ask("release") is None
    assert quoted(found) == ["un", "deux", "mieux"]
    assert "held" not in found.result()


def test_other_words_wait_again_and_what_was_hidden_stays_so():
    found = moderated(review=True)
    assert found.ask("release") is None
    assert found.ask("hide", item=led(found)["un"].item) is None
    for who, text in (("ana", "un de plus"), ("bo", "deux"), ("cy", "trois")):
        assert found.ask("answer", who, question="mot", answer={"text": text}) is None
    states = {text: one.state for text, one in led(found).items()}
    assert states == {"un de plus": "hidden", "deux": "", "trois": "held", "mieux": ""}
    assert len(led(found)["un de plus"].lines) == 2


def test_words_are_moderated_by_whoever_leads_alone():
    found = moderated()
    item = led(found)["un"].item
    for verb in ("hide", "restore", "release"):
        assert found.ask(verb, "ana", item=item) == "role"
        with pytest.raises(Invalid):
            found.ask(verb, item="000000000000")


def test_an_author_is_told_what_became_of_their_words():
    found = moderated()
    kind, run = found.kind, found.run
    assert kind.touched(run, "hide", {"item": led(found)["un"].item}) == {"ana"}
    assert kind.touched(run, "release", {}) == {"ana", "bo", "cy"}
    assert kind.touched(run, "show", {"question": "mot"}) == set()
