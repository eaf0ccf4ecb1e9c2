"""Every setting of every kind is a field, in words, without a line of code for it."""

from enum import StrEnum
from typing import Annotated, Literal

import pytest
from msgspec import Meta

from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.fields import form
from fabrique.domain.labels import Label
from fabrique.domain.registry import discover
from fabrique.domain.schema import Index, Line, Part
from fabrique.domain.step import Definition
from fabrique.domain.text import Text
from tests.importers.scripts import KINDS

NAMES = {name: kind.name for name, kind in discover("fabrique.questions").items()}


def leaves(fields):
    for field in fields:
        inside = (*field.fields, *(one for item in field.items for one in item.fields))
        yield from leaves(inside) if inside else (field,)


def at(data, path):
    """What a document holds at a place; things of a list are found by their ids."""
    for key in path:
        if isinstance(data, list):
            data = next(one for one in data if one["id"] == key)
        else:
            data = (data or {}).get(key)
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_of_a_kind_is_a_field_that_holds_its_value(kind):
    definition = read_definition(
        {"kind": kind, "id": "s", "title": "Titre", **KINDS[kind].example}, KINDS
    )
    data = definition_data(definition)
    found = list(leaves(form(definition, NAMES)))
    assert len({field.path for field in found}) == len(found)
    for field in found:
        held = at(data, field.path)
        if held is None:  # left out: as by default
            assert field.value in (None, "", False, (), 0, "any", 1) or field.choices, field
        elif field.widget == "choice":
            assert [one.value for one in field.choices if one.on] == [held]
        elif field.widget not in ("picks", "condition"):
            assert field.value == (tuple(held) if isinstance(held, list) else held), field.path


@pytest.mark.parametrize("kind", KINDS)
def test_no_setting_of_ours_is_without_words(kind):
    definition = read_definition(
        {"kind": kind, "id": "s", "title": "Titre", **KINDS[kind].example}, KINDS
    )
    for field in leaves(form(definition, NAMES)):
        assert isinstance(field.words, Text), field.path
        if field.widget == "choice":
            assert all(isinstance(one.words, Text) for one in field.choices), field.path


class Mood(StrEnum):
    CALM = "calm"
    LIVELY = "lively"


class Sound(Part, frozen=True):
    volume: Annotated[int, Meta(ge=1, le=11)]
    loops: bool = False


class Step(Part, frozen=True, tag="step", tag_field="kind"):
    id: Line
    title: Line
    feet: Annotated[tuple[Index, ...], Label(Text("Feet"), of="figures")] = ()


class DanceDefinition(Definition, frozen=True, kw_only=True, tag="dance"):
    """A kind that this house does not have."""

    figures: tuple[Line, ...]
    sound: Sound
    steps: tuple[Step, ...] = ()
    mood: Mood | None = None
    pace: Annotated[Literal["slow", "fast"], Label(Text("Pace"), choices={"slow": Text("Slow")})]
    odd: dict[str, int] = {}
    many: tuple[Sound, ...] = ()


@pytest.fixture
def dance():
    definition = DanceDefinition(
        id="d",
        title="On danse",
        figures=("pas", "tour"),
        sound=Sound(volume=3),
        steps=(Step(id="a", title="Un", feet=(1,)),),
        pace="fast",
        seconds=90.0,
    )
    return {field.path[0]: field for field in form(definition, {})}


def test_a_kind_that_is_new_has_its_form(dance):
    widgets = {name: field.widget for name, field in dance.items()}
    assert widgets == {
        "title": "text",
        "instruction": "long",
        "figures": "lines",
        "sound": "group",
        "steps": "items",
        "mood": "choice",
        "pace": "choice",
        "odd": "kept",
        "many": "kept",
        "image": "picture",
        "seconds": "minutes",
        "publication": "choice",
        "presenter_notes": "long",
        "scribe": "check",
    }
    assert list(widgets)[:2] == ["title", "instruction"]
    volume, loops = dance["sound"].fields
    assert (volume.low, volume.high, volume.needed, loops.widget) == (1, 11, True, "check")


def test_words_come_from_the_type_the_table_or_the_name(dance):
    assert dance["pace"].words == Text("Pace")
    assert [one.words for one in dance["pace"].choices] == [Text("Slow"), "fast"]
    assert dance["title"].words == Text("Title")
    assert dance["figures"].words == "figures"


def test_what_may_be_absent_can_be_chosen_to_be(dance):
    assert [(one.value, one.on) for one in dance["mood"].choices] == [
        ("", True),
        ("calm", False),
        ("lively", False),
    ]
    assert [one.on for one in dance["pace"].choices] == [False, True]


def test_numbers_that_point_into_a_list_are_its_lines(dance):
    (step,) = dance["steps"].items
    feet = step.fields[-1]
    assert feet.path == ("steps", "a", "feet")
    assert [(one.value, one.words, one.on) for one in feet.choices] == [
        (0, "pas", False),
        (1, "tour", True),
    ]


def test_a_condition_offers_the_other_questions_with_options():
    questions = [
        {"kind": "single", "id": "a", "title": "A ?", "options": ["oui", "non"]},
        {"kind": "open", "id": "b", "title": "B ?"},
        {
            "kind": "open",
            "id": "c",
            "title": "C ?",
            "show_if": {"question": "a", "choice": [1]},
        },
    ]
    raw = {"kind": "questionnaire", "id": "q", "title": "Q", "questions": questions}
    found = {f.path: f for f in leaves(form(read_definition(raw, KINDS), NAMES))}
    (asked,) = found["questions", "c", "show_if"].choices
    assert (asked.value, asked.words, asked.on) == ("a", "A ?", True)
    assert [(one.words, one.on) for one in asked.then] == [("oui", False), ("non", True)]
    assert found["questions", "a", "show_if"].choices == ()
