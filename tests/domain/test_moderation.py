import pytest

from fabrique.domain.entry import Op
from fabrique.domain.text import Invalid
from fabrique.live import mine
from tests.activities.pools import START, Pool

POOLS = {
    "ideas": ("answer", {}, {}),
    "board": ("answer", {"columns": ["A", "B"]}, {"column": 0}),
    "notes": ("answer", {}, {}),
    "chat": ("say", {}, {}),
}
every_pool = pytest.mark.parametrize("kind", POOLS)


def pool(kind, *, review=False):
    do, definition, body = POOLS[kind]
    found = Pool(kind, **definition, settings={"review": review})
    for who, text in (("ana", "un"), ("bo", "deux"), ("cy", "trois")):
        assert found.ask(do, who, text=text, **body) is None
    return found


def ids(found):
    return list(found.run.state.items)


@every_pool
def test_what_is_hidden_leaves_every_public_screen_and_stays_on_the_console(kind):
    found = pool(kind)
    assert found.ask("hide", item=ids(found)[1]) is None
    assert found.texts("phone") == found.texts("stage") == ["un", "trois"]
    assert found.texts("console") == ["un", "deux", "trois"]
    assert [card.state for card in found.cards("console")] == ["", "hidden", ""]
    assert found.figures("console").hidden == 1
    assert found.figures("phone").hidden == 0


@every_pool
def test_hiding_is_undone(kind):
    found = pool(kind)
    found.ask("hide", item=ids(found)[0])
    found.ask("restore", item=ids(found)[0])
    assert found.texts("phone") == ["un", "deux", "trois"]
    assert found.said() == []


@every_pool
def test_what_waits_is_seen_by_its_author_and_the_facilitator_alone(kind):
    found = pool(kind, review=True)
    assert found.texts("phone") == found.texts("stage") == []
    assert found.texts("console") == ["un", "deux", "trois"]
    assert found.figures("console").held == 3
    [own] = found.kind.mine(found.run, "ana")["answers"]
    assert (own["text"], own["state"]) == ("un", "isheld")
    found.ask("release", item=ids(found)[0])
    assert found.texts("phone") == ["un"]
    assert "state" not in found.kind.mine(found.run, "ana")["answers"][0]
    found.ask("release")
    assert found.texts("stage") == ["un", "deux", "trois"]
    found.ask("hide", item=ids(found)[2])
    assert found.kind.mine(found.run, "cy")["answers"][0]["state"] == "ishidden"


@every_pool
def test_a_report_says_what_it_leaves_out_and_counts_it(kind):
    found = pool(kind, review=True)
    found.ask("release", item=ids(found)[0])
    found.ask("hide", item=ids(found)[1])
    assert (found.kind.entries(found.run), len(found.kind.answered(found.run))) == (3, 3)
    assert len(found.said()) == 2
    blocks = repr(found.kind.blocks(found.run, found.people, {}))
    assert "un" in blocks
    assert "deux" not in blocks
    assert "trois" not in blocks
    listed = found.kind.rows(found.run, found.people, {})
    assert len(listed.rows) == 3  # those who take data away have it all


@pytest.mark.parametrize("kind", ["ideas", "board", "notes"])
def test_results_leave_out_what_is_hidden_and_say_how_many(kind):
    found = pool(kind)
    assert not {"hidden", "held"} & set(found.result())
    found.ask("hide", item="i2")
    assert found.result()["hidden"] == 1
    assert "deux" not in repr(found.result())


@every_pool
@pytest.mark.parametrize("verb", ["hide", "restore", "release"])
def test_only_the_facilitator_moderates(kind, verb):
    found = pool(kind)
    assert found.ask(verb, "ana", item=ids(found)[0]) == "role"
    with pytest.raises(Invalid):
        found.ask(verb, item="jamais vu")


@every_pool
def test_moderating_does_not_take_the_stage(kind):
    found = pool(kind)
    before = found.run.staged
    found.ask("hide", item=ids(found)[0])
    assert found.run.staged == before


def test_a_card_says_the_lines_that_hold_its_words():
    found = pool("ideas")
    for card in found.cards("console"):
        [seq] = card.lines
        assert found.journal[seq - 1].body.text == card.text
    assert {card.lines for card in found.cards("phone")} == {()}


@every_pool
def test_whoever_was_released_or_hidden_is_told_and_nobody_else(kind):
    found = pool(kind, review=True)
    session, kinds = found.room.session, {kind: found.kind}

    def told(do, by="", **body):
        assert found.ask(do, by, **body) is None
        touched = mine.touched(kinds, session, Op("x", do, START, by, "r1", body))
        return {who: own["r1"]["answers"][0].get("state") for who, own in touched.items()}

    assert told("release", item=ids(found)[0]) == {"ana": None}
    assert told("hide", item=ids(found)[1]) == {"bo": "ishidden"}
    assert told("restore", item=ids(found)[1]) == {"bo": None}
    assert told("release") == dict.fromkeys(("ana", "bo", "cy"))
    if kind == "ideas":
        assert told("theme", item=ids(found)[0], theme="T") == {}
        assert told("answer", "ana", text="quatre") == {}
