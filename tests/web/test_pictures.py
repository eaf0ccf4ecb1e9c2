from django.core.files.uploadedfile import SimpleUploadedFile

from fabrique.actions.animate import find_session
from fabrique.domain.pictures import mark
from fabrique.store.here import plan_of
from tests.data.dot import DOT
from tests.web.reading import Page
from tests.web.test_prepare import sent


def prepared(organising, content, words):
    values = sent(organising.get("/prepare/cafe").text)
    file = SimpleUploadedFile("plan.png", content, "image/png")
    return organising.post("/prepare/cafe", values | {"0.picture": file, "0.alt": words})


def test_a_picture_is_shown_beside_the_screens_to_whoever_has_a_seat(organising):
    answer = prepared(organising, DOT, "Un point")
    code = answer.headers["Location"].split("/")[2]
    step = plan_of(find_session(code)).steps[0]
    assert step.image.alt == "Un point"
    where = f"/s/{code}/picture/{mark(step.image.src)}"
    shown = organising.get(where)
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/png", DOT)
    organising.cookies.clear()
    assert organising.get(where).status_code == 403


def test_a_picture_without_words_or_that_is_none_is_refused(organising):
    for content, words in ((DOT, " "), (b"<svg/>", "Un point")):
        answer = prepared(organising, content, words)
        assert answer.status_code == 400
        assert any(attrs.get("role") == "alert" for _, attrs in Page(answer.text).elements)
