"""All that is held about somebody is given to them, and goes for good."""

import io
import json
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections, models
from django.test.utils import isolate_apps
from django.utils import timezone

from fabrique.actions import groups, joining, members
from fabrique.actions.forget import as_zip, forget, held
from fabrique.actions.intake import keep
from fabrique.actions.outbox import Letter, put
from fabrique.actions.profile import Said, keep_picture, save
from fabrique.domain.held import KINDS
from fabrique.domain.profile import FIELDS
from fabrique.importers.members import Asked, read_members
from fabrique.store import retention
from fabrique.store.models import (
    Address,
    Gathering,
    Happening,
    Organiser,
    Person,
    Pool,
    Registration,
)
from fabrique.store.retention import NOTHING_PERSONAL, Retention, keys, personal, uncovered
from tests.jobs.made import picture
from tests.store.made import gathering, joined, person

NOW = timezone.now()
NAME = "Hildegarde Introuvable"
EMAIL = "hildegarde.introuvable@example.org"


@pytest.fixture
def whole():
    """Somebody who has left a line in every table that can hold one."""
    for before in Person.objects.filter(email=EMAIL):
        forget(before, NOW)
    staff = person("Équipe", roles=["staff"])
    somebody = Person.objects.create_user(EMAIL, name=NAME)
    told = Said(
        NAME, "", "=métier", "", "", {"about": f"Je suis {NAME}"}, dict.fromkeys(FIELDS, "guest")
    )
    save(somebody, told, NOW)
    keep_picture(somebody, "photo", picture(), NOW)
    joined(somebody)
    members.give_role(somebody, "organiser", date(2026, 1, 1), staff)
    groups.ask(groups.make("Groupe d’essai", "", staff), somebody, NOW)
    joining.decline(joining.ask(somebody, f"{NAME} vous écrit", NOW), "", staff, NOW)
    EmailAddress.objects.create(user=somebody, email=EMAIL, verified=True, primary=True)
    SocialAccount.objects.create(
        user=somebody, provider="oidc", uid="7", extra_data={"userinfo": {"name": NAME}}
    )
    about = gathering(proposer=somebody, organisers=[somebody])
    pool = Pool.objects.create(gathering=about, title="Salle")
    Registration.objects.create(
        gathering=about, pool=pool, email=EMAIL.title(), name=NAME, state="confirmed"
    )
    Address.objects.create(session=1, email=EMAIL)
    put(Letter(relay="email", to=EMAIL, subject=NAME, body=f"Bonjour {NAME}"), EMAIL, NOW)
    content = f"email;nom;métier\n{EMAIL};{NAME};{somebody.pk}\n".encode()
    keep(content, read_members(content, Asked(), NOW.date()), staff, NOW)
    visit = SessionStore()
    visit["_auth_user_id"] = str(somebody.pk)
    visit.save()
    return somebody


def test_everything_that_is_held_is_given(whole):
    files = zipfile.ZipFile(io.BytesIO(as_zip(whole)))
    found = json.loads(files.read("data.json"))
    assert set(found) >= {
        "person",
        "card",
        "membership",
        "mandate",
        "groupmember",
        "application",
        "emailaddress",
        "socialaccount",
        "gathering",
        "organiser",
        "registration",
        "address",
        "dispatch",
        "happening",
    }
    (me,) = found["person"]
    assert (me["email"], me["name"], me["shown"]["trade"]) == (EMAIL, NAME, "guest")
    assert found["registration"][0]["name"] == NAME
    names = set(files.namelist())
    assert {f"{name}.csv" for name in found} <= names
    assert any(name.startswith("photo.") for name in names)
    table = files.read("person.csv").decode("utf-8-sig")
    assert "'=métier" in table  # no formula for a spreadsheet
    assert held(person("Autre")).keys() == {"person"}


def test_what_others_were_sent_is_not_in_it():
    staff, other = person(), person()
    put(Letter(relay="email", to=other.email, body="à elle"), "to-her", NOW, released=staff)
    assert "dispatch" not in held(staff)
    assert held(other)["dispatch"][0]["body"] == "à elle"


def bytes_of_the_house():
    for connection in connections.all():
        connection.close()
    for path in Path(settings.DATA).glob("*.sqlite3*"):
        yield path.name, path.read_bytes()


def test_after_being_forgotten_no_byte_of_the_tables_names_them(whole):
    photo, visits = whole.photo, Session.objects.count()
    assert any(NAME.encode() in content for _, content in bytes_of_the_house())
    touched = forget(whole, timezone.now())
    assert touched["person"] == 1
    needles = [NAME, EMAIL, EMAIL.title(), "Hildegarde", json.dumps(NAME)[1:-1]]
    for name, content in bytes_of_the_house():
        for needle in needles:
            assert needle.encode() not in content, (name, needle)
    assert Session.objects.count() == visits - 1
    assert not (Path(settings.MEDIA_ROOT) / photo).exists()
    seat = Registration.objects.filter(pool__title="Salle").latest("queued_at")
    assert (seat.name, seat.person) == ("", None)
    assert not Organiser.objects.filter(person=whole.pk).exists()
    assert Gathering.objects.filter(proposer=None).exists()
    last = Happening.objects.filter(about=f"person:{whole.pk}").last()
    assert (last.verb, last.by, last.data) == ("person.forgotten", None, {})
    for connection in connections.all():
        name = connection.settings_dict["NAME"]
        assert sqlite3.connect(name).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_every_table_that_leads_to_a_person_is_covered():
    assert uncovered() == []
    assert {"Card", "Dispatch", "EmailAddress", "Person"} <= {one.__name__ for one in personal()}
    assert [*personal()][-1] is Person


@pytest.mark.parametrize("column", ["key", "mail"])
@pytest.mark.parametrize("said", [None, NOTHING_PERSONAL])
@isolate_apps("fabrique.store")
def test_a_table_that_is_not_covered_is_found(monkeypatch, column, said):
    fields = {
        "key": models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"),
        "mail": models.EmailField(),
    }
    meta = type("Meta", (), {"app_label": "store"})
    body = {"__module__": __name__, "Meta": meta, column: fields[column]}
    planted = type("Planted", (models.Model,), body | ({"retention": said} if said else {}))
    registry = SimpleNamespace(get_models=lambda: [planted], get_model=lambda *_: Person)
    monkeypatch.setattr(retention, "apps", registry)
    assert keys(planted) == [column]
    assert uncovered() == ["store.Planted"]
    planted.retention = Retention(export=dict, erase=id)
    assert uncovered() == []
    assert list(personal()) == [planted]  # and its rows are found without another edit


def test_whatever_may_be_held_about_somebody_has_a_name():
    personal = {
        model._meta.model_name
        for model in apps.get_models()
        if getattr(model, "retention", NOTHING_PERSONAL) is not NOTHING_PERSONAL
    }
    assert personal == set(KINDS)
