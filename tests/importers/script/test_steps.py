import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import form, play, said, script, step

CHOICE = {"options": ["a", "b"]}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "dance"}, ".steps[0].kind"),
        ({"kind": "chat"}, ".steps[0].kind"),
        ({"kind": "slides"}, ".steps[0].kind"),
        ({"kind": "single"}, ".steps[0].kind"),
        ({"kind": []}, ".steps[0].kind"),
        ({"id": 5}, ".steps[0].id"),
        ({"id": ""}, ".steps[0]"),
        ({"title": None}, ".steps[0]"),
        ({"instruction": 5}, ".steps[0].instruction"),
        ({"instruction": None}, ".steps[0]"),
        ({"image": {"src": "a"}}, ".steps[0].image"),
        ({"image": {"src": "a", "alt": "b", "x": 1}}, ".steps[0].image"),
        ({"image": "a.png"}, ".steps[0].image"),
        ({"opens_at": -1}, ".steps[0].opens_at"),
        ({"opens_at": "1"}, ".steps[0].opens_at"),
        ({"opens_at": True}, ".steps[0].opens_at"),
        ({"closes_at": 9.99}, ".steps[0]"),
        ({"closes_at": 1e300}, ".steps[0].closes_at"),
        ({"answers": {}}, ".steps[0].answers"),
        ({"answers": [[]]}, ".steps[0].answers[0]"),
        ({"answers": [said("ana", 1)]}, ".steps[0].answers[0]"),
        ({"answers": [said("ana", 1, text="a", x=1)]}, ".steps[0].answers[0]"),
        ({"answers": [said("ana", "1", text="a")]}, ".steps[0].answers[0].at"),
        ({"answers": [{"by": "ana", "at": True, "text": "a"}]}, ".steps[0].answers[0].at"),
        ({"answers": [said(5, 1, text="a")]}, ".steps[0].answers[0].by"),
        ({"answers": [said("zoe", 1, text="a")]}, ".steps[0].answers[0]"),
        ({"answers": [said("zoe", 99, text="a")]}, ".steps[0].answers[0]"),
        ({"answers": [said("", 1, text="a")]}, ".steps[0].answers[0]"),
        ({"answers": [{"at": 1, "text": "a"}]}, ".steps[0].answers[0]"),
        (
            {"answers": [said("ana", 1, text="a"), {"by": "ana", "text": "a"}]},
            ".steps[0].answers[1]",
        ),
        ({"answers": [said("ana", 1, text="x" * 2001)]}, ".steps[0].answers[0].text"),
        ({"answers": [said("ana", 99, text="\r")]}, ".steps[0].answers[0].text"),
        ({"likes": []}, ".steps[0]"),
        ({"moves": []}, ".steps[0]"),
        ({"questions": []}, ".steps[0]"),
        ({"columns": ["a"]}, ".steps[0]"),
        ({"revealed": True}, ".steps[0]"),
        ({"settings": {"x": 1}}, ".steps[0].settings"),
        ({"settings": []}, ".steps[0].settings"),
    ],
)
def test_step_says_where_it_cannot_be(change, where):
    with pytest.raises(Invalid) as no:
        play(script({**step("word_cloud"), **change}))
    assert no.value.where == where


@pytest.mark.parametrize("key", ["id", "kind", "title", "opens_at", "closes_at", "answers"])
def test_step_names_its_missing_key(key):
    one = step("word_cloud")
    del one[key]
    with pytest.raises(Invalid, match=f"“{key}” is missing") as no:
        play(script(one))
    assert no.value.where == ".steps[0]"


@pytest.mark.parametrize("kind", ["challenge", "vote", "word_cloud", "ideas", "board"])
def test_step_of_every_kind_that_asks_needs_its_answers(kind):
    own = {
        "challenge": {"settings": {"answer": "text", "accepted": []}},
        "vote": CHOICE,
        "board": {"columns": ["a"]},
    }
    one = step(kind, **own.get(kind, {}))
    assert play(script(one))["steps"][0]["entries"] == 0
    del one["answers"]
    with pytest.raises(Invalid, match="answers"):
        play(script(one))


@pytest.mark.parametrize("kind", ["challenge", "vote", "word_cloud"])
@pytest.mark.parametrize("key", ["likes", "moves"])
def test_step_refuses_an_empty_list_of_another_kind(kind, key):
    own = {"challenge": {"settings": {"answer": "text", "accepted": []}}, "vote": CHOICE}
    with pytest.raises(Invalid, match=key):
        play(script(step(kind, **{**own.get(kind, {}), key: []})))


def test_ideas_do_not_move():
    with pytest.raises(Invalid, match="moves"):
        play(script(step("ideas", moves=[])))


def test_two_steps_with_the_same_id_are_invalid():
    with pytest.raises(Invalid, match="given twice"):
        play(script(step("word_cloud"), step("ideas", id="word_cloud")))


@pytest.mark.parametrize(
    ("one", "valid"),
    [
        (form(settings={}), False),  # no question
        (step("word_cloud", settings={}), True),
        (step("vote", settings={}, **CHOICE), True),
        (step("challenge", settings={}), False),
        (step("board", settings={}, columns=["a"]), True),
    ],
)
def test_step_may_say_that_it_has_no_settings(one, valid):
    if valid:
        assert play(script(one))["steps"][0]["entries"] == 0
        return
    with pytest.raises(Invalid):
        play(script(one))
