import pytest

from fabrique.domain.text import Invalid
from tests.activities.pools import Pool

TEXTS = (
    ("ana", "Former les équipes à la billetterie"),
    ("bo", "Formation des équipes billetterie"),
    ("cy", "Un café par mois"),
    ("ana", "Des cafés chaque mois"),
)


def pool(kind="ideas", **rules):
    more = {"columns": ["A", "B"]} if kind == "board" else {}
    found = Pool(kind, **more, settings={"likes": True, **rules})
    for who, text in TEXTS:
        found.ask("answer", who, text=text, **({"column": 0} if kind == "board" else {}))
    return found


def card(found, one, screen="phone"):
    return next(card for card in found.cards(screen) if card.id == one)


@pytest.mark.parametrize("kind", ["ideas", "board"])
def test_what_goes_onto_another_is_shown_there_and_keeps_its_author(kind):
    found = pool(kind)
    assert found.ask("stack", items=["i2"], onto="i1") is None
    assert [one.id for one in found.cards("phone")] == ["i1", "i3", "i4"]
    assert card(found, "i1").under == ("Formation des équipes billetterie",)
    assert [one.id for one in found.cards("console")] == ["i1", "i2", "i3", "i4"]
    assert len(found.kind.answered(found.run)) == 3
    found.ask("unstack", items=["i2"])
    assert [one.id for one in found.cards("phone")] == ["i1", "i2", "i3", "i4"]


def test_the_score_of_a_pile_is_its_distinct_supporters():
    found = pool()
    found.ask("like", "cy", idea="i1")
    found.ask("like", "cy", idea="i2")  # the same person, of the same pile
    found.ask("like", "ana", idea="i2")  # who wrote the other
    found.ask("stack", items=["i2"], onto="i1")
    # Ana wrote, Bo (two people) wrote, Cy likes: four people; Cy and Ana like: two.
    assert (card(found, "i1").supporters, card(found, "i1").likes) == (4, 2)
    assert found.result()["stacks"] == [{"id": "i1", "items": ["i1", "i2"], "supporters": 4}]


def test_a_pile_put_onto_another_comes_whole_and_no_pile_goes_round():
    found = pool()
    found.ask("stack", items=["i2"], onto="i1")
    found.ask("stack", items=["i4"], onto="i3")
    found.ask("stack", items=["i3"], onto="i2")  # which is under i1
    assert {one.onto for one in found.cards("console") if one.id != "i1"} == {"i1"}
    found.ask("stack", items=["i1"], onto="i4")  # the top goes under one of its own
    assert {one.id: one.onto for one in found.cards("console")} == {
        "i1": "i4",
        "i2": "i4",
        "i3": "i4",
        "i4": "",
    }
    assert found.ask("stack", items=["i1"], onto="i1") == "itself"
    with pytest.raises(Invalid):
        found.ask("stack", items=["i9"], onto="i1")


def test_hiding_the_top_of_a_pile_leaves_the_others_in_sight():
    found = pool()
    found.ask("stack", items=["i2"], onto="i1")
    found.ask("hide", item="i1")
    assert [one.id for one in found.cards("phone")] == ["i2", "i3", "i4"]
    found.ask("restore", item="i1")
    found.ask("hide", item="i2")
    assert card(found, "i1").under == ()


def test_themes_are_made_by_hand_and_counted_by_people():
    found = pool()
    found.ask("theme", item="i3", theme=" Se   voir ")
    found.ask("theme", item="i4", theme="Se voir")
    [theme] = found.result()["themes"]
    assert theme == {"theme": "Se voir", "items": ["i3", "i4"], "supporters": 2}
    found.ask("theme", item="i3")
    assert found.result()["themes"][0]["items"] == ["i4"]


def test_the_past_of_an_idea_is_for_the_console():
    found = pool()
    found.ask("stack", items=["i2"], onto="i1")
    found.ask("theme", item="i2", theme="Métiers")
    found.ask("hide", item="i2")
    said = [one.said.msgid for one in card(found, "i2", "console").past]
    assert said == ["Put onto “{text}”", "Theme: {theme}", "Hidden"]
    assert {one.past for one in found.cards("phone")} == {()}


def test_near_ideas_are_proposed_to_the_facilitator_and_nothing_is_merged():
    found = pool()
    assert card(found, "i1", "console").near == ("i2",)
    assert card(found, "i3", "console").near == ("i4",)
    assert {one.near for one in found.cards("phone")} == {()}
    assert len(found.cards("phone")) == 4


def test_a_budget_of_dots_is_kept_apart_from_likes():
    found = pool(dots=3)
    assert found.ask("dots", "bo", item="i1", n=2) is None
    assert found.ask("dots", "bo", item="i2", n=2) == "dots_spent"
    assert found.ask("dots", "bo", item="i2", n=1) is None
    assert found.ask("dots", "bo", item="i1", n=0) is None
    assert found.ask("dots", "bo", item="i1", n=1) is None
    assert found.ask("dots", item="i1", n=1) == "role"
    assert (card(found, "i1").dots, card(found, "i1").likes) == (2, 0)  # Bo is two people
    assert found.kind.mine(found.run, "bo")["dots"] == {"i1": 1, "i2": 1}
    said = [one for one in found.said() if "placed dots" in one]
    assert said


def test_there_are_no_dots_where_none_are_given():
    found = pool()
    assert found.ask("dots", "bo", item="i1", n=1) == "dots_off"
    assert card(found, "i1").dots is None


def test_paper_has_no_author_and_is_counted_apart():
    found = pool("board")
    assert found.ask("paper", text="lu sur le mur", column=1) is None
    assert found.ask("paper", "ana", text="moi", column=0) == "role"
    assert found.ask("paper", text=" ") == "empty"
    with pytest.raises(Invalid):
        found.ask("paper", text="loin", column=9)
    assert (found.kind.entries(found.run), found.result()["paper"]) == (4, 1)
    assert found.kind.answered(found.run) == {"ana", "bo", "cy"}
    assert found.result()["columns"][1]["cards"][0]["by"] == ""
    assert any("from the wall" in one for one in found.said())
    found.ask("close")
    assert found.ask("paper", text="lu plus tard", column=0) is None


def test_the_console_lists_what_is_under_another_right_after_it():
    found = Pool("ideas", settings={"likes": True})
    for who, text in (("ana", "un"), ("bo", "deux"), ("cy", "trois")):
        found.ask("answer", who, text=text)
    found.ask("stack", items=["i3"], onto="i1")
    assert found.texts("console") == ["un", "trois", "deux"]
    found.ask("like", "ana", idea="i2")
    assert found.texts("console") == ["deux", "un", "trois"]
    assert found.texts("stage") == ["deux", "un"]
