import pytest

from fabrique.domain.conditions import check_condition, find, is_shown
from fabrique.domain.latest import Latest
from fabrique.domain.registry import discover
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid

KINDS = discover("fabrique.questions")


def question(kind, **own):
    return read({"kind": kind, "id": kind, "title": "T", **own}, KINDS[kind].question)


SINGLE = question("single", options=["oui", "non"])
OPEN = question("open")


def after(name, *choice):
    return question("multiple", options=["a"], show_if={"question": name, "choice": list(choice)})


@pytest.mark.parametrize(
    ("name", "choice"), [("nowhere", 0), ("multiple", 0), ("open", 0), ("single", 2)]
)
def test_check_condition_refuses_what_can_never_be_said(name, choice):
    asked = after(name, choice)
    with pytest.raises(Invalid) as no:
        check_condition((SINGLE, OPEN, asked), asked)
    assert no.value.where.startswith(".show_if")


def test_check_condition_may_name_a_later_question():
    asked = after("single", 1)
    check_condition((asked, SINGLE), asked)


@pytest.mark.parametrize(("chosen", "shown"), [((0,), True), ((1,), False), ((), False)])
def test_is_shown_after_one_of_the_choices(chosen, shown):
    asked = after("single", 0)
    latest = Latest()
    KINDS["single"].put(latest, "ana", KINDS["single"].read(SINGLE, {"choice": list(chosen)}))
    state = {"single": latest, "multiple": Latest()}
    assert is_shown(KINDS, (SINGLE, asked), state, asked, "ana") == shown
    assert not is_shown(KINDS, (SINGLE, asked), state, asked, "bo")


def test_is_shown_to_all_without_condition():
    assert is_shown(KINDS, (SINGLE,), {}, SINGLE, "bo")


def test_find_of_nothing_is_none():
    assert find((SINGLE,), "x") is None
