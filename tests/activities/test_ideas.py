import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, play, played, said, script, step
from tests.laws import rooms

LIKES = {"settings": {"likes": True}}
ONE = said("ana", 5, text="Former", id="f")


def ideas(*answers, people="ana bo cy", **own):
    found = play(script(step("ideas", *answers, **own), people=people))
    return found["steps"][0], found["refused"]


def test_ideas_are_numbered_in_order_of_time():
    found, _ = ideas(said("ana", 5, text="deux"), said("bo", 1, text="un"), ONE)
    assert [(one["id"], one["text"], one["by"]) for one in found["ideas"]] == [
        ("i1", "un", "bo"),
        ("i2", "deux", "ana"),
        ("f", "Former", "ana"),
    ]


def test_ideas_refused_take_no_number():
    found, refused = ideas(said("ana", -1, text="trop tôt"), said("bo", 2, text="un"))
    assert ([one["id"] for one in found["ideas"]], refused) == (["i1"], 1)


def test_ideas_likes_sum_heads_and_a_second_one_takes_back():
    likes = [said("bo", 6, idea="f"), said("cy", 6, idea="f"), said("cy", 7, idea="f")]
    found, refused = ideas(ONE, likes=likes, people="ana bo*3 cy", **LIKES)
    assert (found["ideas"][0]["likes"], found["entries"], refused) == (3, 1, 0)


def test_ideas_own_like_is_refused():
    found, refused = ideas(ONE, likes=[said("ana", 6, idea="f")], **LIKES)
    assert (found["ideas"][0]["likes"], refused) == (0, 1)


@pytest.mark.parametrize("own", [{}, {"settings": {}}, {"settings": {"likes": False}}])
def test_ideas_like_where_there_are_none_is_refused(own):
    found, refused = ideas(ONE, likes=[said("bo", 6, idea="f")], **own)
    assert (found["ideas"][0]["likes"], refused) == (0, 1)


@pytest.mark.parametrize("at", [60, 99, -1])
def test_ideas_like_while_closed_is_refused(at):
    assert ideas(ONE, likes=[said("bo", at, idea="f")], **LIKES)[1] == 1


def test_ideas_like_after_closing_of_one_that_was_refused_is_refused():
    late = said("ana", 70, text="tard", id="t")
    assert ideas(late, likes=[said("bo", 80, idea="t")], **LIKES)[1] == 2


@pytest.mark.parametrize(
    ("answers", "like"),
    [
        ([ONE], said("bo", 4, idea="f")),  # not there yet
        ([ONE], said("bo", 6, idea="g")),  # never declared
        ([ONE], said("bo", 99, idea="g")),
        ([ONE], said("bo", 99, idea="i1")),  # nothing was numbered
        ([said("ana", -1, text="tôt", id="t")], said("bo", 6, idea="t")),  # itself refused
        ([said("ana", 70, text="tard")], said("bo", 80, idea="i1")),  # never got the number
        ([ONE], said("zoe", 6, idea="f")),
        ([ONE], said("", 6, idea="f")),
        ([ONE], {"at": 6, "idea": "f"}),
        ([ONE], said("bo", 6)),
        ([ONE], said("bo", 6, idea=5)),
        ([ONE], said("bo", 99, idea=["f"])),
        ([ONE], said("bo", 6, card="f")),
        ([ONE], said("bo", 6, idea="f", x=1)),
    ],
)
@pytest.mark.parametrize("likes", [True, False])
def test_ideas_like_of_nothing_is_invalid(answers, like, likes):
    with pytest.raises(Invalid) as no:
        ideas(*answers, likes=[like], settings={"likes": likes})
    assert no.value.where.startswith(".steps[0].likes[0]")


def test_ideas_liked_in_the_same_moment_follow_the_file():
    like = [said("bo", 5, idea="f")]
    own = {"id": "i", "kind": "ideas", "title": "T", "opens_at": 0, "closes_at": 9, **LIKES}
    after = play(script({**own, "answers": [ONE], "likes": like}))
    assert after["steps"][0]["ideas"][0]["likes"] == 1
    with pytest.raises(Invalid):
        play(script({**own, "likes": like, "answers": [ONE]}))


@pytest.mark.parametrize(
    "answers",
    [
        [said("ana", 1, text="a", id="i1"), said("bo", 2, text="b")],
        [said("ana", 1, text="a"), said("bo", 2, text="b", id="i1")],
        [said("ana", 1, text="a"), said("bo", 70, text="b", id="i1")],
        [said("ana", 1, text="a", id="x"), said("bo", 2, text="b", id="x")],
        [said("ana", 1, text="a", id="x"), said("bo", 70, text="b", id="x")],
        [said("ana", 1, text="a", id="")],
        [said("ana", 1, text="a", id=5)],
        [said("ana", 1, text="a", id=None)],
        [said("ana", 1, text="a", id=[])],
    ],
)
def test_ideas_with_ids_that_clash_or_are_none_are_invalid(answers):
    with pytest.raises(Invalid) as no:
        ideas(*answers)
    assert no.value.where.startswith(".steps[0].answers")


def test_ideas_with_a_given_number_nobody_else_reaches_are_valid():
    found, _ = ideas(said("ana", 1, text="a", id="i2"), said("bo", 2, text="b"))
    assert [one["id"] for one in found["ideas"]] == ["i2", "i1"]


def test_ideas_duplicates_have_the_same_stems_in_any_order():
    texts = ["Former les équipes", "rien", "Les équipes, former", "LES ÉQUIPES former !", "…", "?"]
    found, _ = ideas(*(said("ana", n, text=text) for n, text in enumerate(texts)))
    assert found["duplicates"] == [["i5", "i6"]]
    texts = ["Nos équipes de formation", "rien", "Formations de nos équipes"]
    found, _ = ideas(*(said("ana", n, text=text) for n, text in enumerate(texts)))
    assert found["duplicates"] == [["i1", "i3"]]


def test_ideas_on_stage_show_the_most_liked_first_and_no_likes_where_there_are_none():
    likes = [said("cy", 6, idea="i1")]
    answers = [ONE, said("bo", 5, text="b")]
    run = played(script(step("ideas", *answers, likes=likes, **LIKES))).session.runs["r2"]
    _, *items = KINDS["ideas"].parts(run, "stage", _people(), {})
    assert min(items, key=lambda part: part.rank).view.id == "i1"
    run = played(script(step("ideas", ONE))).session.runs["r2"]
    assert KINDS["ideas"].parts(run, "phone", _people(), {})[1].view.likes is None


def _people():
    return played(script()).session.people


def test_piles_and_themes_of_groups_come_together():
    room, journal = rooms.at_tables("ideas")
    for who, text, run in (("ana", "un", "r1"), ("bo", "deux", "r2"), ("cy", "trois", "r2")):
        rooms.ask(room, journal, "answer", who, {"text": text}, run)
    for verb, body in (
        ("stack", {"items": ["i2"], "onto": "i1"}),
        ("theme", {"item": "i1", "theme": "Accueil"}),
    ):
        assert rooms.ask(room, journal, verb, "", body, "r2")
    for run in ("r1", "r2"):
        rooms.ask(room, journal, "close", "", {}, run)
    assert rooms.ask(room, journal, "group.gather", "", {"step": "one"})
    found = KINDS["ideas"].result(room.session.runs["r3"], room.session.people)
    assert [one["items"] for one in found["stacks"]] == [["r2.i1", "r2.i2"]]
    assert [(one["theme"], one["items"]) for one in found["themes"]] == [("Accueil", ["r2.i1"])]
