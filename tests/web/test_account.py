"""The way in: a typed code, nothing that a link or a robot could do, nowhere but here."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from fabrique.actions.entrance import sign_in_link
from fabrique.store.models import Person, SpentLink
from fabrique.web import entrance
from tests.store.made import person

MAILS = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend", "MAILS": True}
ENTER, CODE, NEW, NEW_CODE = (
    "/account/enter/",
    "/account/code/",
    "/account/new/",
    "/account/new/code/",
)
SESSION = "session"


@pytest.fixture(autouse=True)
def _mail(settings_of):
    cache.clear()
    mail.outbox = []
    with settings_of(**MAILS):
        yield


def code_of(sent):
    return re.search(r"\b(\d{6})\b", sent.body)[1]


def is_in(client):
    return client.get("/me/").status_code == 200


def asked(client, email, **more):
    answer = client.post(ENTER, {"email": email, **more})
    assert answer.status_code == 302, answer.text
    return mail.outbox[-1]


def test_a_code_that_is_typed_signs_in(client):
    somebody = person("Ana")
    sent = asked(client, somebody.email.upper())
    assert sent.to == [somebody.email]
    assert "http" not in sent.body  # there is no link to follow
    assert not is_in(client)
    before = client.cookies[SESSION].value
    answer = client.post(CODE, {"code": code_of(sent)})
    assert answer.headers["Location"] == "/me/"
    assert is_in(client)
    assert client.cookies[SESSION].value != before  # another session than before signing in


def test_a_code_is_good_in_the_browser_that_asked_for_it_alone(client):
    somebody = person("Ana")
    sent = asked(client, somebody.email)
    other = Client(SERVER_NAME="localhost")
    assert other.post(CODE, {"code": code_of(sent)}).headers["Location"].startswith(ENTER)
    assert not is_in(other)


def test_three_wrong_codes_and_another_is_needed(client):
    sent = asked(client, person("Ana").email)
    wrong = "000000" if code_of(sent) != "000000" else "111111"
    for _ in range(2):
        said = client.post(CODE, {"code": wrong})
        assert said.status_code == 400
        assert 'aria-describedby="wrong-code"' in said.text
    last = client.post(CODE, {"code": wrong}, follow=True)
    assert "Trois codes faux" in last.text
    client.post(CODE, {"code": code_of(sent)})
    assert not is_in(client)


def test_an_account_is_made_once_its_address_is_proved(client):
    answer = client.post(NEW, {"name": "Zoé  Test", "email": "Zoe.New@example.org"})
    assert answer.headers["Location"] == NEW_CODE
    assert not is_in(client)
    client.post(NEW_CODE, {"code": code_of(mail.outbox[-1])})
    assert is_in(client)
    made = Person.objects.get(email="zoe.new@example.org")
    assert (made.name, made.language, made.has_usable_password()) == ("Zoé Test", "fr", False)
    assert made.shown == {}


def test_nobody_learns_who_has_an_account():
    known = person("Ana").email
    answers = []
    for email in (known, "nobody.at.all@example.org"):
        visitor = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
        answer = visitor.post(ENTER, {"email": email})
        page = visitor.get(answer.headers["Location"]).text.replace(email, "…")
        answers.append((answer.status_code, re.sub('value="[^"]*"', "", page)))
    assert answers[0] == answers[1]
    assert "Aucun compte" in mail.outbox[-1].subject
    answers = []
    for email in (known, "somebody.new@example.org"):
        visitor = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
        answer = visitor.post(NEW, {"name": "X", "email": email})
        page = visitor.get(answer.headers["Location"]).text.replace(email, "…")
        answers.append((answer.status_code, answer.headers["Location"], len(page)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http://localhost:1/",
        "javascript:alert(1)",
        "\t//evil.example",
        "https:evil.example",
    ],
)
def test_signing_in_never_leads_elsewhere(client, target):
    somebody = person("Ana")
    sent = asked(client, somebody.email, next=target)
    answer = client.post(CODE, {"code": code_of(sent), "next": target})
    where = answer.headers["Location"]
    assert (urlsplit(where).netloc, urlsplit(where).scheme, where) == ("", "", "/me/")
    assert is_in(client)
    # And for whoever is in already.
    again = client.get(ENTER, {"next": target}).headers["Location"]
    assert again == "/me/"
    out = client.post("/account/leave/", {"next": target}).headers["Location"]
    assert out == "/"


def test_signing_in_leads_back_to_the_page_that_asked(client):
    asking = client.get("/groups/?a=1")
    assert asking.headers["Location"] == f"{ENTER}?next=%2Fgroups%2F%3Fa%3D1"
    page = client.get(asking.headers["Location"]).text
    assert 'name="next" value="/groups/?a=1"' in page
    sent = asked(client, person("Ana").email, next="/groups/?a=1")
    answer = client.post(CODE, {"code": code_of(sent), "next": "/groups/?a=1"})
    assert answer.headers["Location"] == "/groups/?a=1"


def test_mail_robots_change_nothing():
    somebody = person("Ana")
    link = f"/account/link/{sign_in_link(somebody)}"
    spent = SpentLink.objects.count()
    for path in (ENTER, CODE, NEW, NEW_CODE, link, "/account/leave/"):
        robot = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
        for _ in range(2):
            assert robot.head(path).status_code in (200, 302)
            assert robot.get(path).status_code in (200, 302)
        bare = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
        assert bare.post(path, {"email": somebody.email, "code": "123456"}).status_code == 403
        assert not is_in(robot)
        assert not is_in(bare)
    assert mail.outbox == []
    assert SpentLink.objects.count() == spent
    assert Client(SERVER_NAME="localhost").post(link).status_code == 302


def test_a_link_of_the_command_line_works_once_by_its_button(client):
    somebody = person("Ana")
    link = f"/account/link/{sign_in_link(somebody)}"
    assert somebody.email in client.get(link).text
    assert not is_in(client)
    assert client.post(link).headers["Location"] == "/me/"
    assert is_in(client)
    other = Client(SERVER_NAME="localhost")
    assert other.post(link).status_code == 403
    assert other.get(link).status_code == 403
    assert other.post(f"/account/link/{somebody.pk}.x:y:z").status_code == 403


def test_signing_out_is_a_button(client):
    client.force_login(person("Ana"))
    assert is_in(client)
    client.get("/account/leave/")
    assert is_in(client)
    client.post("/account/leave/")
    assert not is_in(client)


def test_whoever_is_at_rest_does_not_get_in(client):
    asleep = person("Ana", is_active=False)
    sent = asked(client, asleep.email)
    assert "Aucun compte" in sent.subject
    assert client.post(f"/account/link/{sign_in_link(asleep)}").status_code == 403


def test_a_house_without_mail_says_so(client, settings_of):
    with settings_of(MAILS=False):
        page = client.get(ENTER).text
        assert "FABRIQUE_MAIL_URL" in page
        assert 'name="email"' not in page
        assert client.post(ENTER, {"email": person().email}).status_code == 400
        assert "FABRIQUE_MAIL_URL" in client.get(NEW).text
        assert client.post(NEW, {"name": "X", "email": "x.y@example.org"}).status_code in (200, 400)
    assert mail.outbox == []
    assert not Person.objects.filter(email="x.y@example.org").exists()


def test_mail_that_does_not_leave_makes_no_account(client, monkeypatch):
    def broken(*_):
        raise OSError

    monkeypatch.setattr(entrance.DefaultAccountAdapter, "send_mail", broken)
    answer = client.post(NEW, {"name": "X", "email": "lost@example.org"})
    assert answer.status_code == 400
    assert "rien n’a changé" in answer.text
    assert not Person.objects.filter(email="lost@example.org").exists()
    assert client.post(ENTER, {"email": person().email}).status_code == 400


def test_asking_too_often_for_one_address_is_refused_in_words(client):
    somebody = person("Ana")
    answers = [client.post(ENTER, {"email": somebody.email}).status_code for _ in range(8)]
    assert answers == [302] * 6 + [400] * 2
    assert len(mail.outbox) == 6


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_pages_of_the_way_in_keep_to_the_policy(client, code):
    from tests.web.reading import Page  # noqa: PLC0415

    client.cookies["language"] = code
    for path in (ENTER, NEW, "/account/leave/", "/account/asleep/"):
        answer = client.get(path, follow=True)
        assert Page(answer.text).threats() == []


def test_whoever_leads_sessions_prepares_them_without_the_link_of_the_house(client):
    client.force_login(person(roles=["facilitator"]))
    assert client.get("/prepare/").status_code == 200
    client.force_login(person(roles=["staff"]))
    assert client.get("/prepare/").status_code == 200
    client.force_login(person(roles=["organiser"]))
    assert client.get("/prepare/").status_code == 403
    client.post("/account/leave/")
    assert client.get("/prepare/").status_code == 403
