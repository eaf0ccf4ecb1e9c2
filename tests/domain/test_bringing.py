from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import redacted
from fabrique.domain.results import contributions
from fabrique.domain.session import Session, fold
from fabrique.live import sources
from fabrique.live.figures import Figures
from fabrique.live.screens import parts
from tests.activities.pools import KINDS, Pool

BOARD = {"kind": "board", "id": "two", "title": "Mur", "columns": ["A", "B"]}
OPEN = [{"id": "q", "kind": "open", "title": "?"}]


def two(kind, board=None, **definition):
    """A run of a kind, r1, and a board open after it, r2."""
    found = Pool(kind, **definition)
    step = read_definition({**BOARD, **(board or {})}, KINDS)
    session = found.room.session
    session.plan = type(session.plan)(
        **{one: getattr(session.plan, one) for one in session.plan.__struct_fields__}
        | {"steps": (*session.plan.steps, step)}
    )
    found.ask("open", run=None, step="two")
    return found


def cards(found):
    return found.room.session.runs["r2"].state.items


def test_ideas_become_cards_once_and_their_origin_is_kept():
    found = two("ideas")
    found.ask("answer", "ana", text="un")
    found.ask("answer", "bo", text="deux")
    found.ask("hide", item="i2")
    assert found.ask("bring", run="r2", source="r1", column=1) is None
    [card] = cards(found).values()
    assert (card.id, card.text, card.column, card.origin) == ("r1.i1", "un", 1, "Titre")
    assert found.ask("bring", run="r2", source="r1") == "nothing_to_bring"
    found.ask("restore", item="i2")
    assert found.ask("bring", run="r2", source="r1") is None
    assert len(cards(found)) == 2
    runs = list(found.room.session.runs.values())
    assert contributions(KINDS, runs) == 2  # counted where they were given
    assert KINDS["board"].answered(runs[1]) == set()


def test_open_answers_become_cards_whose_ids_say_nothing_of_their_authors():
    found = two("questionnaire", questions=OPEN)
    found.ask("answer", "ana", question="q", answer={"text": "un vécu"})
    found.ask("bring", run="r2", source="r1")
    [card] = cards(found).values()
    assert card.text == "un vécu"
    assert "ana" not in card.id


def test_a_name_that_was_not_promised_stays_behind():
    named = {"publication": "names"}
    found = two("ideas", board=named)
    found.ask("answer", "ana", text="sans nom")
    found.ask("bring", run="r2", source="r1")
    names = {"ana": "Zébulon"}
    seen = parts(found.room.session, KINDS, "phone", names, Figures())
    assert "sans nom" in repr(seen)
    assert "Zébulon" not in repr(seen)
    signed = two("ideas", board=named, publication="names")
    signed.ask("answer", "ana", text="avec nom")
    signed.ask("bring", run="r2", source="r1")
    [card] = list(signed.room.session.runs["r2"].state.items.values())
    assert card.by == "ana"


def test_what_is_erased_where_it_was_written_is_gone_where_it_went():
    found = two("ideas")
    found.ask("answer", "ana", text="secret")
    found.ask("bring", run="r2", source="r1")
    gone = [redacted(one) if "secret" in repr(one.body) else one for one in found.journal]
    assert "secret" not in repr(gone)
    session = fold(Session(found.room.session.plan), gone, KINDS)
    assert session.runs["r2"].state.items == {}


def test_only_the_facilitator_brings_and_only_where_there_are_cards():
    found = two("ideas")
    found.ask("answer", "ana", text="un")
    assert found.ask("bring", "ana", run="r2", source="r1") == "role"
    assert found.ask("bring", run="r2", source="r9") == "unknown_run"
    assert found.ask("bring", run="r2", source="r2") == "unknown_run"
    told = list(parts(found.room.session, KINDS, "console", {}, Figures()))
    assert {one.key for one in told if one.partial == "bring"} == {"bring-r2"}


def test_the_console_offers_the_latest_first_and_nothing_twice():
    found = two("ideas")
    found.ask("group.split", run=None, count=2, by="hand", of={"ana": 0, "bo": 1, "cy": 1})
    found.ask("close")
    found.ask("open", run=None, step="one", group="*")
    found.ask("answer", "ana", run="r3", text="un")
    found.ask("answer", "bo", run="r4", text="deux")
    assert offered(found, "r2") == [("r4", "Titre · Table 2", 1), ("r3", "Titre · Table 1", 1)]
    found.ask("group.gather", run=None, step="one")
    assert offered(found, "r2") == [("r5", "Titre", 2)]


def offered(found, target):
    session = found.room.session
    [panel] = sources.panels(session, KINDS, [session.runs[target]], {target: "table-r2-list"})
    assert panel.within == "table-r2-list"
    return [(one.run, one.title, one.n) for one in panel.view.sources]
