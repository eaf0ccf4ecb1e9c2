"""Signing in through the provider that the house trusts, played by a stand-in on loopback."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache

from fabrique.store.models import Person
from tests.store.made import person
from tests.web.provider import provider

WHO = {"sub": "u7", "email": "oidc.zoe@example.org", "email_verified": True, "name": "Zoé OIDC"}
AT = "/account/oidc/oidc/login/"


@pytest.fixture
def house(settings_of):
    cache.clear()
    for one in Person.objects.filter(email=WHO["email"]):
        one.delete()

    def trusting(server):
        app = {"provider_id": "oidc", "name": "ProSanté", "client_id": "fabrique"}
        app |= {"secret": "s3cret", "settings": {"server_url": server.base}}
        found = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        mail = "django.core.mail.backends.locmem.EmailBackend"
        return settings_of(
            OIDC=server.base, SOCIALACCOUNT_PROVIDERS=found, MAILS=True, EMAIL_BACKEND=mail
        )

    return trusting


def led(client, code="right"):
    """Go there and come back, as a browser does."""
    there = client.post(AT, {"next": "/groups/"})
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"][0].endswith(f"{AT}callback/")
    return client.get(f"{AT}callback/", {"code": code, "state": asked["state"][0]})


def is_in(client):
    return client.get("/me/").status_code == 200


def test_somebody_new_gets_an_account(client, house):
    with provider(WHO) as server, house(server):
        page = client.get("/account/enter/").text
        assert "Se connecter avec ProSanté" in page
        assert client.get(AT).status_code == 200  # a button: looking leads nowhere
        led(client)
        assert is_in(client)
        assert server.asked[0]["code_verifier"]
    made = Person.objects.get(email=WHO["email"])
    assert (made.name, made.has_usable_password()) == ("Zoé OIDC", False)


def test_an_address_that_was_verified_there_is_the_same_person_here(client, house):
    known = Person.objects.create_user(WHO["email"], name="Zoé")
    with provider(WHO) as server, house(server):
        led(client)
        assert is_in(client)
    assert client.session["_auth_user_id"] == str(known.pk)
    assert Person.objects.filter(email=WHO["email"]).count() == 1


def test_an_address_that_was_not_verified_there_opens_nobodys_account(client, house):
    Person.objects.create_user(WHO["email"], name="Zoé")
    with provider(WHO | {"sub": "thief", "email_verified": False}) as server, house(server):
        led(client)
        assert not is_in(client)


@pytest.mark.parametrize("code", ["wrong", ""])
def test_what_the_provider_does_not_confirm_signs_nobody_in(client, house, code):
    with provider(WHO) as server, house(server):
        answer = led(client, code)
        assert answer.status_code in (200, 302, 401)
        assert not is_in(client)
        forged = client.get(f"{AT}callback/", {"code": "right", "state": "forged"})
        assert forged.status_code in (200, 302, 401)
        assert not is_in(client)


def test_without_a_provider_there_is_no_such_door(client):
    assert settings.OIDC == ""
    assert "Se connecter avec" not in client.get("/account/enter/").text
    assert client.get(AT).status_code == 404
    assert person()
