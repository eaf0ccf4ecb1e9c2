"""fabrique.script/1: a whole session written beforehand, as `replay` plays it (FORMATS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fabrique.domain.definitions import read_definition
from fabrique.domain.schema import read
from fabrique.domain.session import Kinds, Participant, Plan
from fabrique.domain.step import Definition
from fabrique.importers.script.document import Document, check_ids, read_start, read_timezone
from fabrique.importers.script.json_text import parse_json
from fabrique.importers.script.order import Act, in_order
from fabrique.importers.script.steps import read_step

__all__ = ["Act", "Script", "read_script"]


class Script(Struct, frozen=True):
    """A session to play: what was prepared, who comes, and all that happens, in order."""

    plan: Plan
    participants: tuple[Participant, ...]
    acts: tuple[Act, ...]
    given: Mapping[str, frozenset[str]]  # ids that the script itself gives, by step


def read_script(content: bytes, kinds: Kinds) -> Script:
    """Read a script; raise `Invalid`, saying where, for what no client could have sent."""
    document = read(parse_json(content), Document)
    check_ids([one.id for one in document.participants], ".participants")
    steps = [read_step(raw, f".steps[{n}]", kinds) for n, raw in enumerate(document.steps)]
    check_ids([step.definition.id for step in steps], ".steps")
    beside = tuple(_beside(document, kinds, {step.definition.id for step in steps}))
    people = tuple(Participant(id=p.id, name=p.name, heads=p.heads) for p in document.participants)
    plan = Plan(
        title=document.title,
        kind=document.kind,
        language=document.language,
        starts_at=read_start(document.starts_at),
        timezone=read_timezone(document.timezone),
        facilitator=document.facilitator,
        introduction=document.introduction,
        steps=tuple(step.definition for step in steps),
        beside=beside,
    )
    acts = in_order(plan.starts_at, document, steps, [one.id for one in beside])
    return Script(plan, people, acts, {step.definition.id: step.given for step in steps})


def _beside(document: Document, kinds: Kinds, taken: set[str]) -> Iterator[Definition]:
    def free(name: str) -> str:
        while name in taken:
            name += "_"
        return name

    yield read_definition({"kind": "chat", "id": free("chat"), "title": "Messages"}, kinds)
    if deck := document.slides:
        slides = {"kind": "slides", "id": free("slides"), "title": deck.title, "pages": deck.pages}
        yield read_definition(slides, kinds)
