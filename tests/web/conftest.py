import pytest

from tests.store.instance import instance

instance()

from django.test import Client, override_settings  # noqa: E402 - needs Django to be set up
from django.utils import timezone  # noqa: E402

from fabrique.actions.animate import (  # noqa: E402
    create_session,
    facilitator_token,
    new_organiser_link,
    take_seat,
)
from fabrique.actions.minutes import begin  # noqa: E402
from fabrique.domain.definitions import read_definition  # noqa: E402
from fabrique.domain.session import Plan  # noqa: E402
from fabrique.store.here import kinds  # noqa: E402
from fabrique.web.attempts import attempts  # noqa: E402
from tests.store.instance import START  # noqa: E402
from tests.store.made import person  # noqa: E402
from tests.web import middleware  # noqa: E402

middleware.share()


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    attempts.forget()


@pytest.fixture
def client():
    return Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})


@pytest.fixture
def session():
    steps = [
        {"kind": "vote", "id": "v", "title": "On y va ?", "options": ["oui", "non"]},
        {"kind": "board", "id": "b", "title": "Le mur", "columns": ["Ici", "Là"]},
    ]
    plan = Plan(
        "Café <b>d’essai</b>",
        "cafe",
        "fr",
        timezone.now(),
        introduction="Une heure.\nUn sujet.",
        steps=tuple(read_definition(step, kinds()) for step in steps),
        beside=(read_definition({"kind": "chat", "id": "c", "title": "Fil"}, kinds()),),
    )
    return create_session(plan)


@pytest.fixture
def seated(client, session):
    """A browser that has joined."""
    client.cookies["seat"] = take_seat(session.id, "Zoé")
    return client


@pytest.fixture
def leading(client, session):
    """A browser that holds the console."""
    client.cookies["console"] = facilitator_token(session.id)
    return client


@pytest.fixture
def organising(client):
    """A browser that may prepare sessions."""
    client.post(f"/enter/{new_organiser_link()}")
    return client


@pytest.fixture
def settings_of():
    """Other settings for a while."""
    return override_settings


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(staff):
    return begin.begin(create_session(Plan("Café", "café", "fr", START)), staff, timezone.now())


@pytest.fixture
def zoe(staff):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    made.force_login(staff)
    return made
