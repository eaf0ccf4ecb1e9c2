from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from fabrique.actions.access import Role, read_seat
from fabrique.actions.animate import new_console_link, stage_token
from fabrique.web import screens, urls
from fabrique.web.pages import join
from tests.web.reading import Page

OWN_COOKIES = {"organiser", "seat", "console", "stage", "csrf", "language"}


def test_the_home_page_asks_for_a_code_and_goes_there(client):
    assert "Le code affiché" in client.get("/").text
    answer = client.get("/", {"code": " km7-4px "})
    assert answer.headers["Location"] == "/s/KM74PX/"


def test_joining_needs_neither_script_nor_name(client, session):
    page = client.get(f"/s/{session.code}/")
    assert "<script" not in page.text
    assert "Que verra-t-on de moi" in page.text
    joined = client.post(f"/s/{session.code}/", {"name": ""})
    assert (joined.status_code, joined.headers["Location"]) == (303, f"/s/{session.code}/")
    cookie = joined.cookies["seat"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", f"/s/{session.code}/")
    assert read_seat(cookie.value).role is Role.PARTICIPANT


def test_what_is_seen_of_me_comes_before_the_field(client, session):
    text = client.get(f"/s/{session.code}/").text
    assert text.index("Que verra-t-on") < text.index('name="name"')


def test_the_join_page_is_light(client, session):
    answer = client.get(f"/s/{session.code}/")
    assert Page(answer.text).counted <= 120
    assert len(answer.content) <= 8_000


def test_a_name_that_is_too_long_is_refused_and_kept_in_the_field(client, session):
    answer = client.post(f"/s/{session.code}/", {"name": "x" * 81})
    assert answer.status_code == 400
    assert "80" in answer.text
    assert "x" * 81 in answer.text


def test_who_has_a_seat_gets_the_phone(seated, session):
    page = Page(seated.get(f"/s/{session.code}/").text)
    body = next(attrs for tag, attrs in page.elements if tag == "body")
    assert body["data-screen"] == "phone"
    assert read_seat(body["data-token"]).name == "Zoé"
    assert "Zoé" in page.text


def test_a_seat_can_be_given_back(seated, session):
    seated.post(f"/s/{session.code}/seat")
    assert "Votre nom" in seated.get(f"/s/{session.code}/").text


@pytest.mark.parametrize("typed", ["km7 4px", "KM7-4PX", "nosuchcode", "-", "%00", "…"])
def test_an_unknown_code_is_a_sentence(client, typed):
    answer = client.get(f"/s/{typed}/", follow=True)
    assert answer.status_code == 404
    assert "Vérifiez-le" in answer.text


ADDRESSES = [
    ("get", ""),
    ("get", "stage?token=a%2Bb"),
    ("get", "console"),
    ("get", "mine"),
    ("get", "closing.ics"),
    ("get", "address"),
    ("get", "address/1:x"),
    ("get", "addresses"),
    ("get", "addresses.csv"),
    ("get", "groups"),
    ("post", "invite"),
    ("get", "prepare"),
    ("get", "preview?step=a&screen=phone"),
    ("get", "running-order.json"),
    ("get", "picture/x.png"),
    ("get", "minutes"),
    ("get", "recording"),
    ("get", "report"),
    ("get", "report.pdf"),
    ("get", "report.docx"),
    ("get", "report.md"),
    ("get", "listings.xlsx"),
    ("get", "export.zip"),
    ("get", "results.json"),
    ("get", "archive.json"),
    ("get", "charts/r1-v.png"),
    ("post", ""),
    ("post", "seat"),
]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
@pytest.mark.parametrize("written", [str.lower, lambda code: f"{code[:3]}-{code[3:].lower()}"])
def test_a_code_may_be_written_otherwise(client, session, method, path, written):
    answer = getattr(client, method)(f"/s/{written(session.code)}/{path}")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/s/{session.code}/{path}")


def test_every_address_of_a_session_is_among_them():
    patterns = [
        str(one.pattern) for one in urls.urlpatterns if str(one.pattern).startswith("s/<code>")
    ]
    assert len(patterns) == len({path for _, path in ADDRESSES})


def test_a_lower_case_address_opens_the_console_of_this_browser(leading, session):
    answer = leading.get(f"/s/{session.code.lower()}/console", follow=True)
    assert answer.status_code == 200


def test_a_seat_of_another_session_opens_nothing(seated, session):
    assert seated.get(f"/s/{session.code}/console").status_code == 403
    assert seated.get(f"/s/{session.code}/stage").status_code == 403
    assert seated.get(f"/s/{session.code}/archive.json").status_code == 403
    assert "Rien n’a été modifié" in seated.get(f"/s/{session.code}/report").text


def test_a_forged_seat_is_no_seat(client, session):
    client.cookies["console"] = "WzEsIiIsImZhY2lsaXRhdG9yIl0:abc:def"
    assert client.get(f"/s/{session.code}/console").status_code == 403


def test_a_console_link_is_used_by_post_only_and_once(client, session):
    link = f"/enter/{new_console_link(session.id)}"
    for _ in range(3):  # a mail program looks
        assert client.get(link).status_code == 200
    entered = client.post(link)
    assert entered.headers["Location"] == f"/s/{session.code}/console"
    assert client.get(f"/s/{session.code}/console").status_code == 200
    assert client.post(link).status_code == 403
    assert client.get(link).status_code == 403


def test_the_console_and_the_stage_do_not_share_a_token(leading, session):
    page = Page(leading.get(f"/s/{session.code}/stage").text)
    body = next(attrs for tag, attrs in page.elements if tag == "body")
    assert read_seat(body["data-token"]).role is Role.STAGE


def test_whoever_leads_takes_part_under_a_seat_of_their_own(leading, session):
    assert "Votre nom" in leading.get(f"/s/{session.code}/").text
    leading.post(f"/s/{session.code}/", {"name": "Léa"})
    page = Page(leading.get(f"/s/{session.code}/").text)
    body = next(attrs for tag, attrs in page.elements if tag == "body")
    assert read_seat(body["data-token"]).role is Role.PARTICIPANT
    assert leading.get(f"/s/{session.code}/console").status_code == 200


def test_a_stage_token_leaves_the_address_at_once(client, session):
    answer = client.get(f"/s/{session.code}/stage", {"token": stage_token(session.id)})
    assert answer.headers["Location"] == f"/s/{session.code}/stage"
    stage = client.get(f"/s/{session.code}/stage")
    assert session.code[:3] in stage.text
    assert '<svg viewBox="0 0' in stage.text


def test_the_code_on_the_stage_makes_participants_only(leading, session):
    console = leading.get(f"/s/{session.code}/console").text
    assert f"/s/{session.code}/</p>" in console
    assert "/enter/" not in console


def test_the_language_is_kept_in_a_cookie_of_ours(client):
    answer = client.post("/language", {"language": "en", "next": "/prepare/"})
    assert answer.headers["Location"] == "/prepare/"
    assert "The code on the screen" in client.get("/").text
    assert set(client.cookies) <= OWN_COOKIES


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:0"])
def test_the_language_never_leads_elsewhere(client, target):
    answer = client.post("/language", {"language": "en", "next": target})
    assert urlsplit(answer.headers["Location"]).netloc == ""


@pytest.mark.parametrize(
    "path", ["/", "/prepare/", "/prepare/cafe", "/s/{}/", "/nowhere", "/s/{}/console"]
)
@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.usefixtures("organising")
def test_no_page_needs_more_than_its_policy_allows(leading, session, path, code):
    leading.cookies["language"] = code
    answer = leading.get(path.format(session.code))
    page = Page(answer.text)
    assert page.threats() == []
    assert next(attrs for tag, attrs in page.elements if tag == "html")["lang"] == code
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert set(leading.cookies) <= OWN_COOKIES
    assert "<b>d’essai</b>" not in answer.text
    hosts = {
        urlsplit(attrs.get(name) or "").netloc
        for _, attrs in page.elements
        for name in ("src", "href")
    }
    assert hosts <= {"", urlsplit(settings.PUBLIC_URL).netloc}  # the link to share is whole


def test_a_stale_form_is_explained(session):
    strict = Client(
        enforce_csrf_checks=True, SERVER_NAME="localhost", headers={"accept-language": "fr"}
    )
    answer = strict.post(f"/s/{session.code}/", {"name": "Zoé"})
    assert answer.status_code == 403
    assert "Rien n’a été modifié" in answer.text


def test_a_page_with_a_seat_is_never_kept_by_a_proxy(seated, session):
    assert seated.get(f"/s/{session.code}/").headers["Cache-Control"].startswith("no-store")


def test_a_broken_page_says_what_was_kept(client, session, monkeypatch):
    monkeypatch.setattr(join, "prepared", lambda _head: 1 / 0)
    client.raise_request_exception = False
    answer = client.get(f"/s/{session.code}/")
    assert answer.status_code == 500
    assert "est gardé" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_kind_brings_its_own_script_and_style_by_its_name(seated, session, monkeypatch):
    own = {"kinds/vote.js", "kinds/board.css"}
    monkeypatch.setattr(screens.finders, "find", lambda name: name if name in own else None)
    monkeypatch.setattr(staticfiles_storage, "url", lambda name: f"/static/{name}")
    text = seated.get(f"/s/{session.code}/").text
    assert '<script type="module" src="/static/kinds/vote.js"></script>' in text
    assert '<link rel="stylesheet" href="/static/kinds/board.css">' in text
    assert "chat.js" not in text
