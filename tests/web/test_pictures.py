"""A picture is shown beside the screens of its session, to whoever has a seat there."""

import base64

import pytest

from fabrique.actions.animate import create_session, facilitator_token
from fabrique.domain.definitions import read_definition
from fabrique.domain.pictures import mark
from fabrique.domain.session import Plan
from fabrique.store.here import kinds
from tests.data.dot import DOT
from tests.web.reading import Page

SRC = f"data:image/png;base64,{base64.b64encode(DOT).decode()}"
IMAGE = {"src": SRC, "alt": "Un point"}


@pytest.fixture
def pictured(client, session):
    """A session whose step has a picture, and its second question another."""
    questions = [
        {"kind": "open", "id": "a", "title": "A ?"},
        {"kind": "open", "id": "b", "title": "B ?", "image": {**IMAGE, "alt": "Le même"}},
    ]
    raw = {"kind": "questionnaire", "id": "q", "title": "Q", "image": IMAGE, "questions": questions}
    steps = (read_definition(raw, kinds()),)
    head = create_session(Plan("Images", "cafe", "fr", session.created_at, steps=steps))
    client.cookies["console"] = facilitator_token(head.id)
    return head


def test_a_picture_is_served_to_whoever_has_a_seat(client, pictured):
    where = f"/s/{pictured.code}/picture/{mark(SRC)}"
    shown = client.get(where)
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/png", DOT)
    client.cookies.clear()
    assert client.get(where).status_code == 403


@pytest.mark.parametrize(("screen", "words"), [("phone", ["Un point", "Le même"])])
def test_a_step_and_a_question_have_pictures_of_their_own(client, pictured, screen, words):
    page = client.get(f"/s/{pictured.code}/preview", {"step": "q", "screen": screen}).text
    shown = [attrs for tag, attrs in Page(page).elements if tag == "img"]
    assert [attrs["alt"] for attrs in shown] == words
    assert {attrs["src"] for attrs in shown} == {f"picture/{mark(SRC)}"}
