"""Whatever happened in a session, what is drafted from it stands: every sentence has its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fabrique
from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.citations import check
from fabrique.domain.material import gather
from fabrique.domain.minutes import Cite, read_draft, written
from fabrique.domain.plan import Participant
from fabrique.domain.quantities import numbers
from fabrique.domain.registry import discover
from fabrique.domain.statements import Statement
from fabrique.domain.transcript import Cue, Transcript
from fabrique.importers.script import read_script
from fabrique.live.play import play
from tests.laws import rooms
from tests.laws.rooms import KINDS

CAFE = Path(fabrique.__file__).parent / "commands/cafe.json"
DRAFTERS = discover("fabrique.drafters")
FEW = settings(max_examples=25)
TALK = """nous ne voulons pas aller à Lyon le 12 mai, avec quarante personnes. Élan ? Oui! …
« mais » l’association n’a jamais dit cela : elle propose d’écouter, trois mille fois. 👍 <v> -->"""
SPEECH = st.lists(st.sampled_from(TALK.split()), max_size=30).map(" ".join)
CUES = st.lists(st.tuples(SPEECH, st.sampled_from(["", "Ana", "Bo Le Gall"])), max_size=25)
every_drafter = pytest.mark.parametrize("name", ["assembly", "extract", "llm"])


def transcript(told):
    return Transcript(tuple(Cue(n * 9000, n * 9000 + 8000, *one) for n, one in enumerate(told)))


def stands(draft, material):
    """Every sentence has what forbids nothing, and is read back from the file as it was."""
    assert read_draft(written(draft)) == draft
    for one in draft.sentences:
        assert one.cites or (one.kind == "written" and one.by)
        assert [found.rule for found in check(one, material.sources) if found.blocks] == [], one


@every_drafter
@FEW
@given(told=CUES)
def test_no_sentence_drafted_from_speech_is_blocked(name, told):
    material = gather(transcript(told), None, KINDS)
    draft = DRAFTERS[name].draft(material)
    stands(draft, material)
    assert {one.kind for one in draft.sentences} <= {"extract"}


@every_drafter
def test_a_long_talk_gives_extracts_from_every_part(name):
    told = [
        (f"La proposition numéro {n} parle d’un théâtre ouvert à tous les publics.", "Ana")
        for n in range(400)
    ]
    material = gather(transcript(told), None, KINDS)
    assert len(material.windows) == 5
    draft = DRAFTERS[name].draft(material)
    stands(draft, material)
    starts = [
        material.sources.cues[material.sources.place(s.cites[0].ref)].start for s in draft.sentences
    ]
    assert all(any(start in window for start in starts) for window in material.windows)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_no_sentence_drafted_from_a_session_is_blocked(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    for verb in ("close", "reveal"):
        rooms.ask(room, journal, verb, "", {})
    text = data.draw(rooms.WORDS)
    for mark in ("note", "decision", "action", "keep"):
        rooms.ask(room, journal, "note", "", {"text": text, "mark": mark}, run=None)
    people = tuple(Participant(id=one, heads=n, name=one) for n, one in enumerate(rooms.PEOPLE, 1))
    kept = Archive(rooms.plan(kind), people, tuple(journal))
    content = archive.write(kept)
    material = gather(None, (content, archive.read(content, KINDS)), KINDS)
    draft = DRAFTERS["assembly"].draft(material)
    stands(draft, material)
    assert {one.kind for one in draft.sentences} <= {
        "result",
        "extract",
        "statement",
        "note",
        "message",
        "resource",
        "decision",
        "action",
        "written",
    }


@pytest.fixture(scope="module")
def cafe():
    return play(read_script(CAFE.read_bytes(), KINDS), KINDS).content


@pytest.fixture(scope="module")
def material(cafe):
    told = [
        (f"Voici ce que nous avons retenu du point {n} de la rencontre.", "Ana") for n in range(300)
    ]
    return gather(
        transcript(told), (cafe, archive.read(cafe, KINDS)), KINDS, {"guide": "Guide du mécénat"}
    )


@every_drafter
def test_the_cafe_is_drafted_without_a_fault(name, material):
    draft = DRAFTERS[name].draft(material)
    stands(draft, material)
    assert [
        check(one, material.sources) for one in draft.sentences if check(one, material.sources)
    ] == []
    assert draft.title.startswith("Café")


def test_the_cafe_is_told_by_its_figures_words_messages_and_resources(material):
    draft = DRAFTERS["assembly"].draft(material)
    kinds = [one.kind for one in draft.sentences]
    assert kinds.count("message") == 6
    assert kinds.count("resource") == 1
    assert kinds[0] == "written"
    assert kinds.count("result") == 23, "a question is told once"
    titles = {step.title for step in material.held.session.plan.steps}
    assert titles <= {one.section for one in draft.sentences}
    said = [one for one in draft.sentences if one.section.startswith("Extra")]
    assert all(one.cites[0].ref.startswith("t:") for one in said)
    assert len({one.section for one in said}) > 5, "an activity at a time"


def test_every_changed_figure_of_the_cafe_is_blocked(material):
    """Of our own sentences, each number is changed in turn: none passes for another's."""
    missed = []
    for one in DRAFTERS["assembly"].draft(material).sentences:
        if one.kind != "result":
            continue
        for start, end in digits(one.text):
            changed = f"{one.text[:start]}{int(one.text[start:end]) + 1}{one.text[end:]}"
            if numbers(changed) == numbers(one.text) or in_title(one.text, start):
                continue
            told = type(one)(changed, one.kind, one.cites, one.section)
            if "figures" not in [found.rule for found in check(told, material.sources)]:
                missed.append(changed)
    assert missed == []


def digits(text):
    return [match.span() for match in re.finditer(r"\d+", text)]


def in_title(text, place):
    return place < text.find("»")


def test_what_the_room_never_saw_is_not_drafted(cafe):
    kept = archive.read(cafe, KINDS)
    revealed = [n for n, one in enumerate(kept.entries) if one.kind == "session.revealed"]
    hidden = kept.entries[revealed[-1]].run
    entries = kept.entries[: revealed[-1]]
    material = gather(None, (b"", Archive(kept.plan, kept.participants, entries)), KINDS)
    told = [
        one.text
        for one in DRAFTERS["assembly"].draft(material).sentences
        if Cite(f"a:{hidden}") in one.cites
    ]
    assert len(told) == 1, "who was there and answered, and nothing of what"
    assert numbers(told[0]) == ["71", "37", "39"]
    known = material.sources.others[f"a:{hidden}"].statements[1]
    assert known.rows[-1] == ("5", "13"), "a person may still cite it"


def test_a_question_is_told_once_unless_who_was_asked_says_more(material):
    told = [" ".join(one.text.split()) for one in DRAFTERS["assembly"].draft(material).sentences]
    once = [one for one in told if one.startswith("« Avez-vous déposé un dossier ? »")]
    assert once == [
        "« Avez-vous déposé un dossier ? » : oui : 9 (19 %) ; non : 39 (81 %) ; 48 réponses."
    ]
    # An open question has no other figures: how many answered it is said.
    assert any("Ont répondu : 7" in one for one in told)


@pytest.mark.parametrize(
    ("asked", "none", "kept"), [("71", "0", False), ("30", "0", True), ("71", "3", True)]
)
def test_who_was_asked_is_told_where_it_is_not_everybody_or_somebody_had_no_opinion(
    asked, none, kept
):
    head = Statement("", (("Present", "71"),), "Tout", people=True)
    who = Statement(
        "", (("Asked", asked), ("Answered", "48"), ("No opinion", none)), "Q", people=True
    )
    after = Statement("", (("oui", "9"),), "Q", "48 réponses")
    assert who.says_no_more_than(head, after) is not kept


def test_what_was_written_together_is_taken_whole():
    text = [
        f"Paragraphe {n} : nous avons essayé {n} fois, et voici ce que cela donne."
        for n in range(9)
    ]
    room, journal = rooms.played("notes", [("ana", "answer", {"text": one}) for one in text])
    for verb in ("close", "reveal"):
        rooms.ask(room, journal, verb, "", {})
    people = tuple(Participant(id=one, heads=n, name=one) for n, one in enumerate(rooms.PEOPLE, 1))
    content = archive.write(Archive(rooms.plan("notes"), people, tuple(journal)))
    found = gather(None, (content, archive.read(content, KINDS)), KINDS)
    draft = DRAFTERS["assembly"].draft(found)
    stands(draft, found)
    assert [one.text for one in draft.sentences if one.kind == "statement"] == text
