"""From a method, nothing, a past session or a file to a session whose link can be sent at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fabrique.actions.animate import find_session, import_running_order
from fabrique.domain.definitions import plan_data
from fabrique.importers.method import methods
from fabrique.store.here import here, kinds, plan_of
from tests.web.reading import Page


def session_at(answer):
    assert answer.status_code == 303, answer.status_code
    return find_session(answer.headers["Location"].split("/")[2])


def sent(content, name="deroule.json"):
    return {"import": "1", "file": SimpleUploadedFile(name, content, "application/json")}


def written(**changes):
    order = {"format": "fabrique.running_order/1", "title": "T", "language": "fr", "steps": []}
    return json.dumps(order | changes).encode()


def test_nobody_prepares_without_the_organisers_link(client, leading, session):
    before = len(here().sessions())
    for form in ({"method": "cafe"}, {"copy": session.code}, {"lead": session.code}):
        assert leading.post("/prepare/", form).status_code == 403
    assert leading.get("/prepare/").status_code == 403
    assert len(here().sessions()) == before
    assert "/prepare/" not in client.get("/").text


def test_methods_are_shown_in_the_reader_s_language(organising):
    assert "Café d’une heure" in organising.get("/prepare/").text
    assert organising.post("/prepare/", {"method": "nothing"}).status_code == 404
    assert organising.post("/prepare/", {"other": "cafe"}).status_code == 404


@pytest.mark.parametrize("method", methods(kinds()))
def test_one_post_makes_a_method_a_session_whose_link_is_shown(organising, method):
    answer = organising.post("/prepare/", {"method": method})
    head = session_at(answer)
    assert answer.headers["Location"] == f"/s/{head.code}/prepare"
    plan, found = plan_of(head), methods(kinds())[method]
    assert (plan.title, plan.steps) == (found.name.fr, found.steps["fr"])
    assert [one.kind for one in plan.beside] == ["chat"]
    page = organising.get(answer.headers["Location"])
    assert f"/s/{head.code}/" in Page(page.text).text
    assert f"{head.code[:3]} {head.code[3:]}" in page.text
    assert 'class="qr"' in page.text
    assert organising.get(f"/s/{head.code}/console").status_code == 200


def test_a_session_can_start_from_nothing(organising):
    plan = plan_of(session_at(organising.post("/prepare/", {"blank": "1"})))
    assert (plan.title, plan.steps) == ("Nouvelle session", ())


def test_a_session_can_start_from_a_past_one_as_it_stands(organising, session):
    assert "Café &lt;b&gt;d’essai&lt;/b&gt;" in organising.get("/prepare/").text
    made = session_at(organising.post("/prepare/", {"copy": session.code}))
    assert made.id != session.id
    first, copy = plan_of(session), plan_of(made)
    assert (copy.title, copy.steps, copy.beside) == (first.title, first.steps, first.beside)
    assert copy.starts_at > first.starts_at
    assert made.last_seq == 0


def test_the_organiser_takes_the_console_of_a_session_of_the_house(organising, session):
    assert organising.get(f"/s/{session.code}/console").status_code == 403
    answer = organising.post("/prepare/", {"lead": session.code})
    assert answer.headers["Location"] == f"/s/{session.code}/console"
    assert organising.get(f"/s/{session.code}/console").status_code == 200


def test_a_running_order_goes_out_and_comes_in_again(leading, organising, session):
    file = leading.get(f"/s/{session.code}/running-order.json")
    assert "attachment" in file.headers["Content-Disposition"]
    made = session_at(organising.post("/prepare/", sent(file.content)))
    there, here_ = (plan_data(plan_of(one)) for one in (session, made))
    assert there | {"starts_at": 0} == here_ | {"starts_at": 0}


def test_only_whoever_leads_takes_the_running_order_away(seated, session):
    for path in ("prepare", "running-order.json", "preview?step=v&screen=phone"):
        assert seated.get(f"/s/{session.code}/{path}").status_code == 403


WRONG = {
    "no JSON": (b"{", "JSON"),
    "a step of no kind": (written(steps=[{"kind": "danse", "id": "a", "title": "A"}]), "danse"),
    "a newer version": (written(format="fabrique.running_order/2"), "plus récente"),
    "another file": (b'{"format": "fabrique.archive/1"}', "n’est pas un déroulé"),
    "an unknown key": (written(colour="red"), "colour"),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_a_file_that_cannot_be_is_refused_with_the_reason_and_nothing_is_kept(
    organising, content, said
):
    before = len(here().sessions())
    answer = organising.post("/prepare/", sent(content))
    assert answer.status_code == 400
    page = Page(answer.text)
    assert said in page.text
    assert any(attrs.get("role") == "alert" for _, attrs in page.elements)
    assert len(here().sessions()) == before


def test_no_file_is_said(organising):
    answer = organising.post("/prepare/", {"import": "1"})
    assert answer.status_code == 400
    assert "Choisissez d’abord un fichier" in answer.text


def test_a_picture_of_a_file_is_kept_once_and_goes_out_again(organising):
    src = (
        "data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
        "hgGAWjR9awAAAABJRU5ErkJggg=="
    )
    step = {"kind": "pause", "id": "p", "title": "P", "image": {"src": src, "alt": "Un point"}}
    head = import_running_order(written(steps=[step]))
    assert plan_of(head).steps[0].image.src.startswith("media:")
    organising.post("/prepare/", {"lead": head.code})
    out = json.loads(organising.get(f"/s/{head.code}/running-order.json").content)
    assert out["steps"] == [step]


def preview(leading, session, step, screen):
    return leading.get(f"/s/{session.code}/preview", {"step": step, "screen": screen})


@pytest.mark.parametrize("screen", ["phone", "stage"])
@pytest.mark.parametrize("step", ["v", "b", "c"])
def test_a_preview_is_what_the_screen_will_draw_and_does_nothing(leading, session, screen, step):
    answer = preview(leading, session, step, screen)
    page = Page(answer.text)
    body = next(attrs for tag, attrs in page.elements if tag == "body")
    assert "inert" in body
    assert screen in body["class"].split()
    assert not [tag for tag, _ in page.elements if tag == "script"]
    assert page.threats() == []
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy


def test_a_preview_shows_the_plan_as_it_stands_before_any_answer(leading, session):
    assert "On y va" in preview(leading, session, "v", "phone").text
    assert preview(leading, session, "nothing", "phone").status_code == 404
    assert preview(leading, session, "v", "console").status_code == 404


def test_only_previews_may_stand_in_a_frame_of_ours(leading, session):
    for path in ("prepare", "console", "stage", ""):
        policy = leading.get(f"/s/{session.code}/{path}").headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
    policy = leading.get(f"/s/{session.code}/prepare").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy


def test_what_a_new_step_starts_from_is_in_the_reader_s_language(leading, session):
    page = leading.get(f"/s/{session.code}/prepare")
    body = next(attrs for tag, attrs in Page(page.text).elements if tag == "body")
    starters = json.loads(body["data-starters"])
    assert set(starters["steps"]) == set(kinds())
    (question,) = starters["steps"]["questionnaire"]["questions"]
    assert (question["title"], question["options"]) == ("Votre question", ["Oui", "Non"])
    assert starters["things"]["rating"]["title"] == "Évaluation"
