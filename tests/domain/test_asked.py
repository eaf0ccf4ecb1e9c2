from datetime import date

import pytest

from fabrique.domain.asked import Wrong, form_data, outlived, read_answers, read_form, said
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid

KINDS = discover("fabrique.questions")
FORM = [
    {"id": "a", "kind": "multiple", "title": "Quels jours ?", "options": ["lundi", "mardi"]},
    {
        "id": "b",
        "kind": "open",
        "title": "Où dormez-vous ?",
        "show_if": {"question": "a", "choice": [1]},
        "rule": {"required": "after", "after": "2027-01-10", "kept": 5},
    },
    {"id": "c", "kind": "rating", "title": "Envie", "settings": {"scale": 5}},
    {"id": "d", "kind": "single", "title": "Train ?", "options": ["oui", "non"]},
]
EARLY, LATE = date(2027, 1, 9), date(2027, 1, 10)


def read(given, day=EARLY):
    return read_answers(read_form(FORM, KINDS), given, day, KINDS)


def test_a_form_is_written_as_it_was_read():
    form = read_form(FORM, KINDS)
    assert read_form(form_data(form), KINDS) == form


def test_what_is_needed_after_a_date_is_not_before():
    given = {"a": {"choice": [1]}}
    assert read(given) == given
    with pytest.raises(Wrong) as error:
        read(given, LATE)
    assert set(error.value.fields) == {"b"}
    assert read({"a": {"choice": [0]}}, LATE) == {"a": {"choice": [0]}}  # it is not asked


def test_what_is_not_asked_is_not_kept():
    given = {"a": {"choice": [0]}, "b": {"text": "chez ma sœur"}, "z": {"text": "?"}}
    assert read(given) == {"a": {"choice": [0]}}


def test_every_answer_is_judged_by_its_kind():
    with pytest.raises(Wrong) as error:
        read({"a": {"choice": [7]}, "c": {"value": 9}, "d": {"choice": [0, 1]}})
    assert set(error.value.fields) == {"a", "c", "d"}


def test_answers_are_said_as_people_read_them():
    given = {"a": {"choice": [0, 1]}, "b": {"text": "ici"}, "c": {"value": 4}, "d": {"choice": [1]}}
    form = read_form(FORM, KINDS)
    assert said(form, read(given)) == {"a": "lundi, mardi", "b": "ici", "c": "4 / 5", "d": "non"}


@pytest.mark.parametrize(
    "wrong",
    [
        [{"id": "a", "kind": "ranking", "title": "?", "options": ["x"]}],
        [{"id": "a", "kind": "open", "title": " "}],
        [FORM[0], FORM[0]],
        [FORM[1]],
        [{"id": "a", "kind": "open", "title": "?", "rule": {"required": "after"}}],
        [{"id": "a", "kind": "open", "title": "?", "rule": {"kept": 0}}],
        [{"id": str(n), "kind": "open", "title": "?"} for n in range(41)],
    ],
)
def test_what_cannot_be_asked_is_refused(wrong):
    with pytest.raises(Invalid):
        read_form(wrong, KINDS)


def test_each_answer_goes_when_its_question_says_so():
    form, over = read_form(FORM, KINDS), date(2027, 2, 1)
    answers = {"a": {}, "b": {}, "gone": {}}
    assert outlived(form, answers, over, date(2027, 2, 6)) == set()
    assert outlived(form, answers, over, date(2027, 2, 7)) == {"b"}
    assert outlived(form, answers, over, date(2027, 3, 4)) == {"a", "b", "gone"}
