"""Every partial of every kind, in both languages: drawn, translated, harmless."""

import json
from pathlib import Path

import polib
import pytest
from django.template import TemplateDoesNotExist
from msgspec import structs

from fabrique.domain.activity import Activity
from fabrique.domain.definitions import read_definition
from fabrique.domain.registry import discover
from fabrique.domain.session import Plan
from fabrique.importers.script import read_script
from fabrique.live.room import Accepted, Room
from fabrique.live.screens import SCREENS, Figures, parts
from fabrique.web.render import render
from tests.laws import rooms
from tests.web.reading import Page
from tests.web.test_catalog import CATALOG

KINDS = discover("fabrique.activities")
CAFE = Path(__file__).resolve().parents[1] / "data/cafe.json"
# One word may be somebody's own; shorter sentences may be a part of a word, or the same.
LONG = 12
HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>&amp;{{7*7}}\u202e"
BODIES = {
    "challenge": {"text": HOSTILE},
    "word_cloud": {"text": HOSTILE},
    "ideas": {"text": HOSTILE},
    "board": {"text": HOSTILE, "column": 0},
    "vote": {"value": 3},
    "chat": {"text": HOSTILE},
    "slides": {"page": 1},
}
ANSWERS = {
    "single": {"choice": [0]},
    "multiple": {"choice": [0]},
    "open": {"text": HOSTILE},
    "rating": {"value": 2, "comment": HOSTILE},
    "ranking": {"order": [1, 0]},
}


def drawn(room, screen, language):
    names = {"ana": HOSTILE, "bo": "Bo"}
    found = parts(room.session, KINDS, screen, names, Figures(connected=3))
    return {part.key: render(part.kind, part.partial, part.view, language, part) for part in found}


def hostile(data):
    """Every text of a definition, hostile."""
    if isinstance(data, dict):
        return {
            k: HOSTILE if k in ("title", "instruction") else hostile(v) for k, v in data.items()
        }
    if isinstance(data, (list, tuple)):
        return [
            HOSTILE + str(n) if v in ("A", "B", "C") else hostile(v) for n, v in enumerate(data)
        ]
    return data


def moments(kind):
    """A room with one step of `kind`: waiting, open, answered, closed, revealed, ended."""
    step = {"kind": kind, "id": "one", "title": "", "instruction": "", **KINDS[kind].example}
    plan = Plan(
        HOSTILE,
        "cafe",
        "fr",
        rooms.START,
        facilitator=HOSTILE,
        introduction=HOSTILE,
        notice=HOSTILE,
        steps=(read_definition(json.loads(json.dumps(hostile(step))), KINDS),),
    )
    room, journal = Room(plan, KINDS), []
    for one in rooms.PEOPLE:
        rooms.ask(room, journal, "join", one, {})
    yield "waiting", room
    assert rooms.ask(room, journal, "open", "", {"step": "one"})
    yield "open", room
    answer(room, journal, kind)
    yield "answered", room
    for verb in ("close", "reveal", "end"):
        rooms.ask(room, journal, verb, "", {})
        yield verb, room


def answer(room, journal, kind):
    if kind == "questionnaire":
        for question in room.session.runs["r1"].definition.questions:
            body = {"question": question.id, "answer": ANSWERS[question.kind]}
            assert rooms.ask(room, journal, "answer", "ana", body), question.kind
    elif kind in BODIES:
        verb = next(iter(KINDS[kind].verbs))
        who = "" if verb in KINDS[kind].facilitator_verbs else "ana"
        assert rooms.ask(room, journal, verb, who, BODIES[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_screen_of_every_kind_is_drawn_and_harmless(kind, language):
    for moment, room in moments(kind):
        for screen in SCREENS:
            for key, html in drawn(room, screen, language).items():
                page = Page(html)
                assert [root.get("id") for root in page.roots] == [key], (moment, screen, html)
                assert page.threats() == [], (moment, screen, key)
                assert not {tag for tag, _ in page.elements} & {"script", "b2"}
                assert all(attrs.get("src") != "x" for _, attrs in page.elements)
                assert "\u202e" not in html
                assert "49" not in page.text


@pytest.mark.parametrize("kind", ["board", "ideas"])
def test_a_contribution_never_passes_for_the_list_that_holds_it(kind):
    room, journal = rooms.opened(kind)
    for chosen in ("c0", "c1", "list", "mine", "mine-title"):
        assert rooms.ask(room, journal, "answer", "ana", {**BODIES[kind], "id": chosen})
    for screen in SCREENS:
        page = Page("".join(drawn(room, screen, "fr").values()))
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert sum("item" in one for one in ids) == 5
        assert len(set(ids)) == len(ids)


def test_the_stage_shows_the_question_that_the_animation_turned_to():
    room = next(room for moment, room in moments("questionnaire") if moment == "reveal")
    turns = []
    run = room.session.runs["r1"]
    ids = [question.id for question in run.definition.questions]
    for place, one in enumerate(ids, 1):
        assert rooms.ask(room, turns, "show", "", {"question": one})
        shown = Page(drawn(room, "stage", "fr")["r1"])
        assert sum("data-card" in attrs for _, attrs in shown.elements) == 1
        assert f"{place} / {len(ids)}" in shown.text
        acts = [attrs for _, attrs in Page(drawn(room, "console", "fr")["r1"]).elements]
        turned = [json.loads(a["data-body"]) for a in acts if a.get("data-do") == "show"]
        around = [*ids[:place][-2:-1], *ids[place : place + 1]]
        assert [turn["question"] for turn in turned if turn["question"]] == around
        stuck = [a["data-key"] for a in acts if a.get("aria-disabled") == "true"]
        assert ("arrowleft" in stuck, "arrowright" in stuck) == (place == 1, place == len(ids))


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_is_told_what_is_seen_of_it_before_it_types(kind):
    if not KINDS[kind].asks:
        return
    for moment, room in moments(kind):
        if moment == "open":
            page = "".join(drawn(room, "phone", "en").values())
            assert "name" in Page(page).text.lower()
            assert 'class="promise"' in page


@pytest.mark.parametrize("kind", [k for k, one in KINDS.items() if not one.always])
def test_a_phone_repeats_ones_own_answer_between_closing_and_results(kind):
    if type(KINDS[kind]).mine is Activity.mine:
        return
    for moment, room in moments(kind):
        shown = "".join(drawn(room, "phone", "fr").values())
        places = [a for _, a in Page(shown).elements if "data-answer" in a or "data-mine" in a]
        if moment == "close":
            asked = getattr(room.session.runs["r1"].definition, "questions", [None])
            assert [a.get("data-answer", a.get("data-mine")) for a in places] == ["r1"] * len(asked)


@pytest.fixture(scope="module")
def cafe():
    """The café of the fixture at every change: opened, about to close, closed, shown."""
    script = read_script(CAFE.read_bytes(), KINDS)
    return list(play(script))


def play(script):
    room = Room(script.plan, KINDS)
    for act in script.acts:
        op = act.op
        if op.do in ("close", "reveal", "end"):
            yield {(s, c): screen(room, s, c) for s in SCREENS for c in ("fr", "en")}
        if act.step is not None and op.do != "open":
            op = op_for(room, act)
        assert isinstance(room.receive(op), Accepted) or op.do != "open"
    yield {(s, c): screen(room, s, c) for s in SCREENS for c in ("fr", "en")}


def op_for(room, act):
    runs = room.session.runs_of(act.step)
    return structs.replace(act.op, run=runs[-1].id if runs else "-")


def screen(room, name, language):
    return " ".join(drawn(room, name, language).values())


def is_sentence(said):
    return len(said) >= LONG and " " in said


def test_no_sentence_is_left_in_the_other_language(cafe):
    catalog = [e for e in polib.pofile(str(CATALOG)) if "{" not in e.msgid and "%" not in e.msgid]
    pairs = [(e.msgid, e.msgstr or e.msgstr_plural[0]) for e in catalog if e.msgid != e.msgstr]
    for shown in cafe:
        for (_, language), html in shown.items():
            text = Page(html).text
            for english, french in pairs:
                other = english if language == "fr" else french
                assert not is_sentence(other) or other not in text, (language, other)


def test_a_phone_with_a_hundred_and_seven_notes_stays_light(cafe):
    heaviest = max(Page(shown["phone", "fr"]).counted for shown in cafe)
    assert heaviest <= 360


def test_a_note_is_two_nodes(cafe):
    page = max((Page(shown["phone", "fr"]) for shown in cafe), key=lambda p: p.counted)
    notes = sum("note" in (attrs.get("class") or "").split() for _, attrs in page.elements)
    assert notes == 107
    assert page.counted <= 2 * notes + 150


def test_a_new_kind_is_drawn_by_the_template_of_its_name():
    room = next(room for moment, room in moments("pause") if moment == "open")
    part = parts(room.session, KINDS, "phone", {}, Figures())[-1]
    with pytest.raises(TemplateDoesNotExist, match="kinds/unheard_of"):
        render("unheard_of", "phone", part.view, "fr", part)
