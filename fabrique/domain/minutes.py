"""A draft of minutes: sentences, and what each points at (fabrique.draft/1)."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.schema import read
from fabrique.domain.text import Invalid, Text

FORMAT: Literal["fabrique.draft/1"] = "fabrique.draft/1"
LARGEST = 32 * 1024 * 1024
_PLAIN = r"\A[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*\Z"
Long = Annotated[str, Meta(max_length=20_000, pattern=_PLAIN)]
Short = Annotated[str, Meta(max_length=2000, pattern=_PLAIN)]
Kind = Literal[
    "result",
    "statement",
    "proposal",
    "decision",
    "action",
    "question",
    "extract",
    "note",
    "message",
    "resource",
    "written",
]


class Cite(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a sentence points at, and the words taken from there."""

    ref: Short
    quote: Long = ""


class Sentence(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sentence; `by` is the person who wrote it, where a person did: their name is its source."""

    text: Long
    kind: Kind
    cites: tuple[Cite, ...] = ()
    section: Short = ""
    by: Short = ""


class Draft(Struct, frozen=True):
    """Sentences in their order, and what made them; never published before a person validates."""

    sentences: tuple[Sentence, ...]
    drafter: Short = ""
    title: Short = ""
    language: Short = "fr"
    remarks: tuple[Short, ...] = ()  # what whoever reviews it should know


class _Document(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["fabrique.draft/1"]
    sentences: tuple[Sentence, ...]
    drafter: Short = ""
    title: Short = ""
    language: Short = "fr"
    remarks: tuple[Short, ...] = ()


def read_draft(content: bytes) -> Draft:
    """Read a draft; raise `Invalid`, saying what and where."""
    if len(content) > LARGEST:
        limit = {"limit": LARGEST >> 20}
        raise Invalid(Text("A draft of more than {limit} MB is not taken.", limit))
    raw = _parsed(content)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise Invalid(Text("This file is not a draft of the form {form}.", {"form": FORMAT}))
    found = read(raw, _Document)
    return Draft(found.sentences, found.drafter, found.title, found.language, found.remarks)


def written(draft: Draft) -> bytes:
    """Write a draft: keys sorted, two-space indent, UTF-8 unescaped, final newline."""
    data = {"format": FORMAT, **msgspec.to_builtins(draft)}
    data["sentences"] = [_sentence_data(one) for one in draft.sentences]
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _sentence_data(sentence: Sentence) -> dict[str, Any]:
    """Name the kind and the cites always: whoever checks looks for them."""
    data: dict[str, Any] = msgspec.to_builtins(sentence)
    return {**data, "cites": [{"ref": one.ref, "quote": one.quote} for one in sentence.cites]}


def _parsed(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid(Text("This is not JSON that can be read.")) from None
