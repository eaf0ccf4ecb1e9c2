"""Write down what is said in a recording, as WebVTT, without anything leaving this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.domain.text import Text


class Transcribe:
    """`transcribe AUDIO --model PATH_OR_NAME --out FILE.vtt`: interrupted, it goes on."""

    help = Text("Write down what is said in a recording (WebVTT).")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the recording, the model, the file to write, the language and words to expect."""
        parser.add_argument("audio", type=Path)
        parser.add_argument("--model", default="base", metavar="PATH_OR_NAME")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--language", default="fr", metavar="CODE")
        parser.add_argument("--words", default="", metavar="WORDS")

    def run(self, options: argparse.Namespace) -> None:
        """Hear, cut, write; raise `Invalid` or `OSError`, and then write nothing."""
        from fabrique.commands._hearing import write_down  # noqa: PLC0415 - loads what takes long

        write_down(options)


KIND = Transcribe()
