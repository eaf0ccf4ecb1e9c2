import re

from fabrique.store import scratch as module
from fabrique.store.router import JOURNAL
from fabrique.store.scratch import scratch
from fabrique.store.whole import whole
from tests.store.instance import START
from tests.store.test_journal import joins

PLAN = (
    '{"title": "T", "kind": "", "starts_at": "2026-03-29T00:30:00Z", "timezone": "Europe/Paris",'
    ' "language": "fr", "facilitator": "", "introduction": "", "steps": [], "beside": []}'
)


def tables(connection):
    """What a file says of the journal's own tables, however it is laid out."""
    names = ", ".join(f"'store_{name}'" for name in sorted(JOURNAL))
    rows = connection.execute(
        f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ({names}) ORDER BY name"  # noqa: S608
    ).fetchall()
    return [(kind, name, re.sub(r"\s", "", sql or "")) for kind, name, sql in rows]


def test_a_scratch_journal_has_the_tables_that_the_migrations_make(journal, kinds):
    with scratch(kinds) as mine:
        assert tables(mine._db) == tables(journal._db)
    assert len(tables(journal._db)) == 8  # three tables, five indexes


def test_a_scratch_journal_syncs_like_any_other_and_leaves_nothing(kinds, tmp_path, monkeypatch):
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    with scratch(kinds) as journal:
        assert journal._db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_what_a_scratch_journal_keeps_comes_back_whole(kinds):
    with scratch(kinds) as journal:
        session = journal.create("SCRIPT", PLAN, START)
        batch = joins(session, 0, "ana", "bob")
        journal.append([batch])
        found = whole(journal, session)
    assert (found.plan.title, found.entries) == ("T", batch.entries)
    assert sorted(found.participants, key=lambda one: one.id) == list(batch.names)
