"""What a setting is called where it is filled in: beside its type, or here if kinds share it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain.text import Text, Words


class Label(Struct, frozen=True, eq=False):
    """The words of a setting; stands in its `Annotated`, or in the table below.

    `choices` gives the words of each value it may have; `long` asks for several lines; `of` names
    the list, beside it or above, whose places its numbers are; `without` names what a group holds
    and nobody needs here; `kept` is set elsewhere, and no form touches it.
    """

    text: Words
    hint: Text | None = None
    choices: Mapping[str, Text] = {}
    long: bool = False
    minutes: bool = False
    of: str = ""
    without: tuple[str, ...] = ()
    kept: bool = False


LABELS: Mapping[str, Label] = {
    "title": Label(Text("Title")),
    "instruction": Label(Text("Instruction"), long=True),
    "image": Label(Text("Picture")),
    "alt": Label(Text("What the picture shows, for those who do not see it")),
    "seconds": Label(
        Text("Time, in minutes"), Text("Closes by itself. Empty: until you close it."), minutes=True
    ),
    "publication": Label(
        Text("What is shown of people"),
        choices={
            "names": Text("What they write, with their names"),
            "pseudonyms": Text("What they write, with pseudonyms"),
            "anonymous": Text("What they write, without names"),
            "totals": Text("Totals only"),
        },
    ),
    "presenter_notes": Label(
        Text("Notes for the facilitator"), Text("Shown to nobody else."), long=True
    ),
    "scribe": Label(Text("In small groups, only one person of each group writes")),
    "options": Label(Text("Options, one a line")),
    "columns": Label(Text("Columns, one a line")),
    "scale": Label(Text("Highest grade")),
    "comments": Label(Text("People may explain their grade")),
    "likes": Label(Text("People may like what others wrote")),
    "dots": Label(
        Text("Dots to place, each person"), Text("0: none. They are kept apart from likes.")
    ),
    "review": Label(Text("What people write waits until you have read it")),
    "move": Label(
        Text("Who may move a note"),
        choices={"any": Text("Everybody"), "own": Text("Its author only")},
    ),
    "questions": Label(Text("Questions")),
    "show_if": Label(Text("Asked only after certain answers")),
    "pages": Label(Text("Number of pages")),
    "pictures": Label(Text("Pictures of the pages"), kept=True),
    "notes": Label(Text("Notes of the pages"), kept=True),
}


def label_of(name: str, own: Label | None) -> Label:
    """Give the words of a setting; without any, its name says it as well as it can."""
    return own or LABELS.get(name) or Label(name.replace("_", " "))
