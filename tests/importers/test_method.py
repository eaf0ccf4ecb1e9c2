from __future__ import annotations

import pytest

from fabrique.domain.definitions import definition_data
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.domain.typography import french
from fabrique.importers.method import methods, read_method

KINDS = discover("fabrique.activities")


WANTED = {
    "arpentage",
    "atelier_3p",
    "cafe",
    "codevelopment",
    "focus_group",
    "hot_evaluation",
    "icebreaker",
    "ideas_themes_dots",
    "living_lab",
    "office_hours",
    "opening_survey",
    "retex",
}
FEWEST = 3
WORDS = ("title", "instruction", "presenter_notes", "columns", "options")
every_method = pytest.mark.parametrize("name", methods(KINDS))


def shape(value):
    """What is not words: ids, kinds, settings, how many options, what is shown when."""
    if isinstance(value, dict):
        return {key: size(one) if key in WORDS else shape(one) for key, one in value.items()}
    return [shape(one) for one in value] if isinstance(value, list) else value


def size(said):
    return len(said) if isinstance(said, list) else bool(said)


def words(value):
    """Every sentence of a step, with its key."""
    for key, one in value.items():
        if key in WORDS:
            yield from ((key, text) for text in (one if isinstance(one, list) else [one]) if text)
        for inner in one if isinstance(one, list) else ():
            if isinstance(inner, dict):
                yield from words(inner)


def steps(name, language):
    return [definition_data(step) for step in methods(KINDS)[name].steps[language]]


def test_every_method_that_was_asked_for_is_ready():
    assert set(methods(KINDS)) == WANTED


@every_method
def test_a_method_has_the_same_shape_in_both_languages(name):
    assert shape(steps(name, "fr")) == shape(steps(name, "en")) != []


def test_a_shape_tells_a_missing_option_from_another_word():
    one, same, other = ({"options": list(row), "id": "a"} for row in ("ab", "cd", "abc"))
    assert shape(one) == shape(same) != shape(other)
    assert shape({"instruction": "a"}) != shape({"instruction": None})


@every_method
def test_a_method_says_each_sentence_in_its_own_language(name):
    pairs = zip(steps(name, "fr"), steps(name, "en"), strict=True)
    said = [pair for fr, en in pairs for pair in zip(words(fr), words(en), strict=True)]
    assert [one for one, other in said if one == other] == []


@every_method
def test_a_method_is_more_than_a_step_and_lasts_what_it_says(name):
    method = methods(KINDS)[name]
    for row in method.steps.values():
        assert len(row) >= FEWEST
        assert all(step.seconds for step in row)
        assert sum(step.seconds for step in row) == method.minutes * 60


@every_method
def test_a_method_guides_whoever_leads_it(name):
    notes = [step.presenter_notes for step in methods(KINDS)[name].steps["fr"]]
    assert any(notes) or name == "cafe"


@every_method
def test_a_method_is_set_as_french_is(name):
    """A firm space before a colon, a thin one before ? ! ; so that no line begins with them."""
    found = methods(KINDS)[name]
    own = [one.fr for one in (found.name, found.about, found.credit) if one]
    said = [*own, *(text for step in steps(name, "fr") for _, text in words(step))]
    assert [text for text in said if french(text) != text] == []


def test_what_is_inspired_says_so():
    credited = {name: one.credit for name, one in methods(KINDS).items() if one.credit}
    assert set(credited) >= {
        "arpentage",
        "atelier_3p",
        "codevelopment",
        "focus_group",
        "living_lab",
    }
    assert all(one.fr.startswith("Inspiré d") for one in credited.values())
    assert all(one.en.startswith("Inspired by") for one in credited.values())


def test_a_retex_asks_what_did_not_work():
    titles = [step["title"] for step in steps("retex", "fr")]
    assert "Ce qui n’a pas marché" in titles


def test_a_length_that_the_steps_do_not_make_is_refused():
    content = b"""format = "fabrique.method/1"
kind = "k"
minutes = 2
name = { fr = "a", en = "a" }
about = { fr = "a", en = "a" }
[[steps]]
id = "one"
kind = "pause"
title = "a"
seconds = 60
"""
    with pytest.raises(Invalid) as error:
        read_method("x", content, KINDS)
    assert error.value.where == ".minutes"
    assert read_method("x", content.replace(b"= 2", b"= 1"), KINDS).minutes == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"a = ",
        b"format = 'fabrique.method/2'",
        b"format = 'fabrique.method/1'\ncolour = 1",
    ],
)
def test_a_method_that_cannot_be_read_is_refused(content):
    with pytest.raises(Invalid):
        read_method("x", content, KINDS)


def test_what_is_not_toml_is_said_with_its_place():
    with pytest.raises(Invalid) as no:
        read_method("x", b"a = 1\nb = =", KINDS)
    assert str(no.value) == "Not readable as TOML, line 2, column 5."


def test_a_step_of_an_unknown_kind_is_named_with_its_place():
    content = b"""format = "fabrique.method/1"
kind = "k"
name = { fr = "a", en = "a" }
about = { fr = "a", en = "a" }
[[steps]]
id = "one"
kind = "dance"
title = "a"
"""
    with pytest.raises(Invalid) as error:
        read_method("x", content, KINDS)
    assert error.value.where == ".steps[0]"
