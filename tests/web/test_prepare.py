import pytest

from fabrique.actions.animate import find_session
from fabrique.domain.definitions import definition_data
from fabrique.importers.method import methods
from fabrique.store.here import kinds, plan_of
from fabrique.web.forms import edited, fields
from tests.web.reading import Page


def sent(page):
    """The form of a page as a browser would send it back."""
    values = {}
    for tag, attrs in Page(page).elements:
        if tag == "input" and attrs.get("type") == "text":
            values[attrs["name"]] = attrs.get("value") or ""
        if tag == "input" and attrs.get("type") == "checkbox" and "checked" in attrs:
            values[attrs["name"]] = "on"
    return values


def plan_at(location):
    return plan_of(find_session(location.split("/")[2]))


def test_nobody_prepares_without_the_organisers_link(client, leading):
    for path in ("/prepare/", "/prepare/cafe"):
        assert leading.get(path).status_code == 403
        assert leading.post(path, {"title": "x"}).status_code in (403, 405)
    assert "/prepare/" not in client.get("/").text


def test_methods_are_shown_in_the_reader_s_language(organising):
    assert "Café d’une heure" in organising.get("/prepare/").text
    assert organising.get("/prepare/nothing").status_code == 404


def test_a_method_becomes_a_session_whose_console_is_ours(organising):
    values = sent(organising.get("/prepare/cafe").text)
    values |= {
        "title": "Notre café",
        "2.questions.0.options": "jamais\r\n\r\nsouvent\r\nun peu\r\n toujours ",
    }
    answer = organising.post("/prepare/cafe", values)
    plan = plan_at(answer.headers["Location"])
    assert plan.title == "Notre café"
    options = plan.steps[2].questions[0].options
    assert options == ("jamais", "souvent", "un peu", "toujours")
    assert [one.kind for one in plan.beside] == ["chat"]
    assert organising.get(answer.headers["Location"]).status_code == 200


def test_a_step_that_is_not_kept_is_left_out(organising):
    values = sent(organising.get("/prepare/cafe").text)
    del values["keep.0"]
    plan = plan_at(organising.post("/prepare/cafe", values).headers["Location"])
    assert plan.steps[0].id == "mot"


def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(organising):
    values = sent(organising.get("/prepare/cafe").text)
    values |= {"title": "Gardé", "2.questions.0.options": " \n"}
    answer = organising.post("/prepare/cafe", values)
    assert answer.status_code == 400
    assert 'value="Gardé"' in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(("field", "typed"), [("title", "x" * 2001), ("introduction", "a\x07b")])
def test_a_text_that_could_not_be_read_again_is_refused(organising, field, typed):
    values = sent(organising.get("/prepare/cafe").text) | {field: typed}
    answer = organising.post("/prepare/cafe", values)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_every_text_of_a_definition_is_a_field_and_nothing_else_changes():
    for method in methods(kinds()).values():
        for step in method.steps["fr"]:
            data = definition_data(step)
            posted = {field.name: field.value for field in fields(data, 0)}
            assert edited(data, posted, 0) == data
