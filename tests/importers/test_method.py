from __future__ import annotations

import pytest

from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.importers.method import methods, read_method

KINDS = discover("fabrique.activities")


@pytest.mark.parametrize("name", methods(KINDS))
def test_a_method_has_the_same_steps_in_both_languages(name):
    method = methods(KINDS)[name]
    shape = {
        language: [(step.id, step.kind) for step in steps]
        for language, steps in method.steps.items()
    }
    assert shape["fr"] == shape["en"] != []


def test_the_two_methods_of_the_first_users_are_ready():
    assert {"cafe", "atelier_3p"} <= set(methods(KINDS))
    assert methods(KINDS)["atelier_3p"].credit is not None


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
