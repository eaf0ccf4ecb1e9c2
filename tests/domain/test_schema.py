from typing import Annotated

import pytest
from msgspec import Meta

from fabrique.domain.language import Language
from fabrique.domain.schema import LONGEST, Index, Line, Part, Whole, read
from fabrique.domain.text import Invalid


class Room(Part, frozen=True):
    name: Line
    seats: Whole = 1
    rows: tuple[Index, ...] = ()
    sizes: Annotated[tuple[Index, ...], Meta(min_length=1)] | None = None
    share: Annotated[float, Meta(ge=0, le=0.5)] = 0


@pytest.mark.parametrize("text", ["", "a\tb\nc", "💜" * LONGEST, "\u202e\u0301\ufeff", "é\u2028"])
def test_read_keeps_any_text_within_the_limits(text):
    assert read({"name": text}, Room).name == text


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST + 1), "\r", "\x00", "\x1f", "\x7f", "\x85", "\x9f", "\ud800"]
)
def test_read_refuses_a_text_beyond_the_limits(text):
    with pytest.raises(Invalid) as no:
        read({"name": text}, Room, ".rooms[2]")
    assert no.value.where == ".rooms[2].name"


@pytest.mark.parametrize(
    ("value", "sentence", "where"),
    [
        ({"name": "a", "x": 1}, "Unknown key “x”.", ""),
        ({"name": "a", "x\ny": 1}, "Unknown key “x\ny”.", ""),
        ({}, "The key “name” is missing.", ""),
        ({"name": 5}, "Found a whole number where a text was expected.", ".name"),
        (
            {"name": "a", "seats": True},
            "Found true or false where a whole number was expected.",
            ".seats",
        ),
        (
            {"name": "a", "rows": [0, 1.0]},
            "Found a number where a whole number was expected.",
            ".rows[1]",
        ),
        (
            {"name": "a", "rows": ["5"]},
            "Found a text where a whole number was expected.",
            ".rows[0]",
        ),
        ({"name": "a", "rows": None}, "Found nothing (null) where a list was expected.", ".rows"),
        ([], "Found a list where an object was expected.", ""),
        ({"name": "a", "sizes": []}, "At least 1 is needed here.", ".sizes"),
        ({"name": "a", "share": -1}, "This number is less than 0.", ".share"),
        ({"name": "a", "share": 1.5}, "This number is more than 0.5.", ".share"),
    ],
)
def test_read_says_what_does_not_fit_and_where(value, sentence, where):
    with pytest.raises(Invalid) as no:
        read(value, Room)
    assert (Language("en").say(no.value.text), no.value.where) == (sentence, where)


@pytest.mark.parametrize("seats", [0, -1, 2**53, 10**400])
def test_read_refuses_a_number_out_of_bounds(seats):
    with pytest.raises(Invalid):
        read({"name": "a", "seats": seats}, Room)


def test_read_refuses_half_a_character_in_a_key():
    with pytest.raises(Invalid):
        read({"name": "a", "\ud800": 1}, Room)
