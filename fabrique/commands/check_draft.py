"""Check a draft of minutes against its sources, sentence by sentence."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.commands._sources import arguments, material
from fabrique.domain.citations import Finding, check
from fabrique.domain.language import Language
from fabrique.domain.minutes import LARGEST, Draft, read_draft
from fabrique.domain.sources import Sources
from fabrique.domain.text import Text


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
        draft = read_draft(read_file(options.draft, LARGEST))
        found = list(_findings(draft, material(options).sources))
        if options.json:
            print(json.dumps(_data(draft, found), ensure_ascii=False, indent=2))
            return
        for line in _lines(draft, found):
            print(line)


def _findings(draft: Draft, sources: Sources) -> Iterator[tuple[int, Finding]]:
    for index, sentence in enumerate(draft.sentences):
        yield from ((index, one) for one in check(sentence, sources))


def _data(draft: Draft, found: list[tuple[int, Finding]]) -> dict[str, object]:
    listed = {
        blocks: [{"index": n, "rule": one.rule} for n, one in found if one.blocks is blocks]
        for blocks in (True, False)
    }
    return {"sentences": len(draft.sentences), "blocked": listed[True], "flagged": listed[False]}


def _lines(draft: Draft, found: list[tuple[int, Finding]]) -> Iterator[str]:
    language = Language(draft.language)
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
