"""Rules every table and file of the instance keeps."""

import re
import stat

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from fabrique.store import sqlite
from fabrique.store.models import Person
from fabrique.store.retention import NOTHING_PERSONAL, Retention
from fabrique.store.secret import secret_key

PERSONAL = re.compile("name|mail|participant|body|phone|address|birth")


def undeclared(models):
    """Models that do not say how they are exported and erased, or say wrongly there is nothing."""
    for model in models:
        declared = model.__dict__.get("retention")
        fields = [field.name for field in model._meta.local_concrete_fields]
        lies = declared is NOTHING_PERSONAL and any(map(PERSONAL.search, fields))
        if lies or not isinstance(declared, Retention):
            yield model.__name__


def test_every_table_says_how_it_is_exported_and_erased():
    models = list(apps.get_app_config("store").get_models())
    assert len(models) >= 5
    assert list(undeclared(models)) == []


def test_a_table_that_does_not_say_is_found():
    class Meta:
        local_concrete_fields = [type("F", (), {"name": "email"})]

    silent = type("Silent", (), {"_meta": Meta})
    lying = type("Lying", (), {"_meta": Meta, "retention": NOTHING_PERSONAL})
    assert list(undeclared([silent, lying])) == ["Silent", "Lying"]


def test_a_person_is_exported_and_erased():
    person = Person.objects.create_user("Zoé@Example.org", name="Zoé")
    assert Person.objects.get_by_natural_key("ZOÉ@example.org") == person
    assert Person.retention.export(person)["email"] == "zoé@example.org"
    Person.retention.erase(person)
    assert not Person.objects.filter(email="zoé@example.org").exists()


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, skip_checks=True)


def test_journal_and_tables_are_apart():
    tables = {alias: set(connections[alias].introspection.table_names()) for alias in connections}
    assert "store_entry" in tables["journal"] - tables["default"]
    assert "store_person" in tables["default"] - tables["journal"]


def test_every_connection_waits_to_write_and_syncs():
    files = [one for one in connections.all() if one.vendor == "sqlite"]
    assert connections["journal"] in files
    assert len(files) == (1 if connections["default"].vendor == "postgresql" else 2)
    for connection in files:
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_wal_only_where_it_keeps_what_it_committed(version, safe, caplog):
    assert sqlite.wal_is_safe(version) is safe
    chosen = sqlite.pragmas(version)[0]
    assert chosen.endswith("WAL" if safe else "DELETE")
    assert bool(caplog.records) is not safe


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "secret"
    made = secret_key(path)
    assert secret_key(path) == made
    assert len(made) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
