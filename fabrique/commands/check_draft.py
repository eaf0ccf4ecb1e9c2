"""Check a draft of minutes, or minutes that were published, against the sources they cite."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from fabrique.commands._files import read_file
from fabrique.commands._sources import arguments, fingerprint, material, other_language
from fabrique.domain.brought import is_brought
from fabrique.domain.citations import Finding, check
from fabrique.domain.language import Language
from fabrique.domain.minutes import LARGEST, Draft, Sentence, read_draft
from fabrique.domain.published import Published, is_published, read_published
from fabrique.domain.sources import Sources
from fabrique.domain.text import Text
from fabrique.importers.transcript import LARGEST as LARGEST_TRANSCRIPT

OTHER_WORDS = Text("The transcript is not the one of this edition.")
OTHER_SESSION = Text("The archive is not the one of this edition: the session went on since.")
BEYOND = Text(
    "{n} sentence cites what is not among these files.",
    {},
    "{n} sentences cite what is not among these files.",
)


class CheckDraft:
    """`check-draft DRAFT.json --transcript FILE.vtt [--session ARCHIVE.json] [--json]`."""

    help = Text("Check that the sentences of a draft say what their sources say.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the draft and its sources."""
        parser.add_argument("draft", type=Path, metavar="DRAFT.json")
        arguments(parser)
        parser.add_argument("--json", action="store_true")

    def run(self, options: argparse.Namespace) -> None:
        """Print what is found; a draft that does not stand is an answer, not bad input."""
        content = read_file(options.draft, LARGEST)
        published = read_published(content) if is_published(content) else None
        draft = published.draft if published else read_draft(content)
        # Whoever took an edition away may not have the archive: what cites it is then left unsaid.
        beyond = _beyond(published, whole=options.session is not None) if published else []
        given = material(options)
        found = list(_findings(draft, given.sources, frozenset(beyond)))
        language = Language(draft.language)
        if other := other_language(given.transcript, draft.language):
            print(language.say(other), file=sys.stderr)
        files = _files(published, options) if published else {}
        if options.json:
            more = {"unchecked": beyond, "files": list(files)} if published else {}
            told = {**_data(draft, found), **more}
            print(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for said in files.values():
            print(language.say(said))
        for line in _lines(draft, found, language):
            print(line)
        if beyond:
            print(language.say(structs.replace(BEYOND, params={"n": len(beyond)})))


def _beyond(published: Published, *, whole: bool) -> list[int]:
    """Give the sentences that cite what was not given: the session's archive, resources."""
    near = ("t", "a", "n", "m", "s") if whole else ("t",)
    return [n for n, one in enumerate(published.draft.sentences) if not _within(one, near)]


def _within(sentence: Sentence, near: tuple[str, ...]) -> bool:
    refs = [one.ref for one in sentence.cites]
    return all(ref.partition(":")[0] in near and not is_brought(ref) for ref in refs)


def _files(published: Published, options: argparse.Namespace) -> dict[str, Text]:
    """Say which files are not those that the edition was checked against."""
    found = {}
    content = read_file(options.transcript, LARGEST_TRANSCRIPT)
    if published.sha256 and hashlib.sha256(content).hexdigest() != published.sha256:
        found["transcript"] = OTHER_WORDS
    if options.session and not fingerprint(options).startswith(published.fingerprint):
        found["session"] = OTHER_SESSION
    return found


def _findings(
    draft: Draft, sources: Sources, beyond: frozenset[int]
) -> Iterator[tuple[int, Finding]]:
    for index, sentence in enumerate(draft.sentences):
        if index not in beyond:
            yield from ((index, one) for one in check(sentence, sources))


def _data(draft: Draft, found: list[tuple[int, Finding]]) -> dict[str, object]:
    listed = {
        blocks: [{"index": n, "rule": one.rule} for n, one in found if one.blocks is blocks]
        for blocks in (True, False)
    }
    return {"sentences": len(draft.sentences), "blocked": listed[True], "flagged": listed[False]}


def _lines(draft: Draft, found: list[tuple[int, Finding]], language: Language) -> Iterator[str]:
    for index, one in found:
        sentence = " ".join(draft.sentences[index].text.split())
        mark = Text("blocked") if one.blocks else Text("to look at")
        yield f"{index + 1}. [{language.say(mark)}] {language.say(one.text)} — {sentence}"
    total = len(draft.sentences)
    told = {
        "n": total,
        "blocked": len({n for n, one in found if one.blocks}),
        "flagged": len({n for n, one in found if not one.blocks}),
    }
    yield language.say(
        Text(
            "{n} sentence: {blocked} blocked, {flagged} to look at.",
            told,
            "{n} sentences: {blocked} blocked, {flagged} to look at.",
        )
    )


KIND = CheckDraft()
