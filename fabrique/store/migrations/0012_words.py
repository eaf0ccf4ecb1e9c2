"""The words of what was published go under their row of the shelf, where resources are too."""

from datetime import datetime
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE store_words USING fts5("
            "title, body, tokenize = 'porter unicode61 remove_diacritics 2')"
        ),
    ),
    "postgresql": (
        (
            "CREATE TABLE store_words (row bigint PRIMARY KEY REFERENCES store_shelved (id) "
            "ON DELETE CASCADE, title text NOT NULL, body text NOT NULL, words tsvector NOT NULL)"
        ),
        # Without what is pending, which makes the planner read every row rather than the index.
        "CREATE INDEX store_words_words ON store_words USING gin (words) WITH (fastupdate = off)",
    ),
}
MOVE = {
    "sqlite": (
        "INSERT INTO store_words (rowid, title, body) SELECT %s, title, body FROM store_found "
        "WHERE edition = %s"
    ),
    "postgresql": (
        "INSERT INTO store_words (row, title, body, words) SELECT %s, title, body, words "
        "FROM store_found WHERE edition = %s"
    ),
}


def move(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table, and a row of the shelf for every edition that was found so far."""
    vendor = editor.connection.vendor
    for statement in CREATE[vendor]:
        editor.execute(statement)
    edition, shelved = apps.get_model("store", "Edition"), apps.get_model("store", "Shelved")
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT edition FROM store_found")
        found = [number for (number,) in cursor.fetchall()]
        for one in edition.objects.filter(pk__in=found).select_related("minutes__gathering"):
            gathering = one.minutes.gathering
            row = shelved.objects.create(
                kind="minutes",
                edition=one,
                audience=one.audience,
                on=datetime.fromisoformat(one.content["starts_at"]).date(),
                format=gathering.format if gathering else "",
                gathering=gathering,
                series=gathering.series if gathering else None,
            )
            cursor.execute(MOVE[vendor], [row.pk, one.pk])
        cursor.execute("DELETE FROM store_found")


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0011_shelf"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
