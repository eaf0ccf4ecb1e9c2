"""Words are words: whatever is written anywhere, documents say it, and nothing in it does a thing.

Two sessions are the same act by act, one in hostile words, one in simple words under the same
marks: the hostile one may bring no kind of piece that the simple one lacks, and must say as much.
"""

import io
import json
import re
import zipfile
from functools import cache

import msgspec
import pytest

from fabrique.actions.export import export
from fabrique.domain.archive import Archive, Participant, read, write
from fabrique.domain.definitions import read_plan
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import report
from tests.laws.hostile import KINDS, play, said_plainly
from tests.laws.ink import HOSTILE, MARK, REFUSED, Ink
from tests.laws.readers import READERS, flat

FORMATS = {one.suffix: one for one in discover("fabrique.formats").values()}
FRENCH = Language("fr")
# Each turn gives every field another text; over all of them, every field has had every text.
TURNS = range(len(HOSTILE))
SOME = (0, 5)


class Twins(msgspec.Struct):
    """What was planted, and the reports of the hostile session and of its plain twin."""

    planted: dict[str, str]
    hostile: object
    plain: object


@cache
def twins(turn):
    ink = Ink(HOSTILE, turn)
    played = play(ink)
    plain = said_plainly(played, ink)
    assert len(plain.acts) == len(played.acts)
    reports = [
        report(one.room.session, KINDS, one.names, "0" * 16, everything=True)
        for one in (played, plain)
    ]
    return Twins(ink.used([played.plan, played.names, played.acts]), *reports)


@cache
def drawn(turn, suffix):
    """Give the hostile document of a format, and its plain twin."""
    pair = twins(turn)
    return [FORMATS[suffix].render(one, FRENCH) for one in (pair.hostile, pair.plain)]


def found(turn, suffix, hostile, plain):
    """Say what is wrong with a document beside its plain twin."""
    ours, theirs = READERS[suffix](hostile), READERS[suffix](plain)
    wrong = [f"brings {kind}" for kind in sorted(ours.kinds - theirs.kinds)]
    said, due = (flat(one.words) for one in (ours, theirs))
    wrong += [f"lost {mark}" for mark in sorted({*MARK.findall(due)} - {*MARK.findall(said)})]
    if suffix != "pdf":  # a page is read in the order in which its letters were drawn
        marks = {*MARK.findall(said)}
        whole = [text for mark, text in twins(turn).planted.items() if mark in marks]
        wrong += [f"changed {text}" for text in whole if flat(text) not in said]
    return wrong


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "turn", [pytest.param(n, marks=[] if n in SOME else [pytest.mark.long]) for n in TURNS]
)
def test_hostile_words_stay_words_in_every_document(turn, suffix):
    assert found(turn, suffix, *drawn(turn, suffix)) == []


def test_hostile_words_stay_words_in_the_export():
    pair = twins(0)
    documents = [export(b"{}", one, FRENCH) for one in (pair.hostile, pair.plain)]
    assert found(0, "zip", *documents) == []


def test_every_place_that_takes_words_was_tried():
    """The law finds its fields by itself; these it must have found."""
    ink = Ink(HOSTILE)
    played = play(ink)
    acts = {verb for _, verb, _, body in played.acts if MARK.search(json.dumps(body))}
    assert acts >= {"answer", "say", "edit", "amend", "paper", "theme", "tell", "note"}
    assert acts >= {"group.split", "order.title", "order.add"}
    for step in played.plan["steps"]:
        for key in ("title", "instruction", "presenter_notes"):
            assert MARK.search(step[key]), (step["kind"], key)
    for key in ("title", "facilitator", "introduction", "notice"):
        assert MARK.search(played.plan[key]), key
    options = [step["options"] for step in played.plan["steps"] if step.get("options")]
    assert options
    assert all(MARK.search(one) for one in options[0])


@pytest.mark.parametrize("words", REFUSED)
def test_no_place_takes_control_characters_or_halves(words):
    ink = Ink((words,))
    played = play(ink)
    taken = ink.used([played.plan, played.acts]).values()
    assert [text for text in taken if words in text] == []


def test_the_archive_gives_hostile_words_back():
    played = play(Ink(HOSTILE))
    people = [Participant(who, name, n) for n, (who, name) in enumerate(played.names.items(), 1)]
    made = Archive(read_plan(played.plan, KINDS), tuple(people), tuple(played.journal))
    assert read(write(made), KINDS) == made


# A fault of each kind, planted in a document: the law must see it.
def rewritten(content, name, old, new):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            data = before.read(one)
            after.writestr(one, re.sub(old, new, data, count=1) if re.search(name, one) else data)
    return out.getvalue()


FAULTS = {
    "html": lambda c: c.replace(b"&lt;img src=x", b"<img src=x").replace(
        b"onerror=alert(1)&gt;", b"onerror=alert(1)>"
    ),
    "md": lambda c: c.replace(b"\\<", b"<").replace(b"\\>", b">"),
    "csv": lambda c: c.replace(b"'=HYPERLINK", b"=HYPERLINK"),
    "docx": lambda c: rewritten(
        c, "document.xml", rb"<w:r>", b"<w:r><w:instrText>DDE</w:instrText></w:r><w:r>"
    ),
    "xlsx": lambda c: rewritten(c, "sheet2.xml", rb"<v>", b"<f>1+1</f><v>"),
    "json": lambda c: c.replace(b"<script>", b"", 1000),
    "pdf": lambda c: c.replace(b"/Type /Catalog", b"/AA<<>>/Type /Catalog").replace(
        b"/Type/Catalog", b"/AA<<>>/Type/Catalog"
    ),
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_law_sees_a_fault_that_was_planted(suffix):
    hostile, plain = drawn(0, suffix)
    faulty = FAULTS[suffix](hostile)
    assert faulty != hostile
    assert found(0, suffix, faulty, plain)
