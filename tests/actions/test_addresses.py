"""Addresses: nothing joins them to people, answers or moments; they are taken out and forgotten."""

import itertools
import re
import sqlite3
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from fabrique.actions import addresses
from fabrique.actions.access import NoAccess
from fabrique.actions.animate import create_session, take_seat
from fabrique.domain.entry import Entry
from fabrique.domain.language import Language
from fabrique.domain.lines import Joined
from fabrique.domain.pace import Dated
from fabrique.domain.session import Participant, Plan
from fabrique.domain.text import Invalid
from fabrique.store.here import here
from fabrique.store.journal import Append
from fabrique.store.models import Address
from fabrique.store.sqlite import connect

ORDER = "zoe milo ana uma bo yves cleo xu dan wim eve vic fay theo gus sam".split()


@pytest.fixture
def session():
    Address.objects.all().delete()
    return create_session(Plan("Enquête", "enquête", "fr", timezone.now())).id


def leave(session, name, **what):
    what = {"remind": True, "contact": False} | what
    return addresses.leave(session, f"{name}@example.org", **what)


def date(session, until, seq=1):
    line = Entry(seq, timezone.now(), "", f"o{seq}", None, "session.dated", 1, Dated(until=until))
    here().append([Append(session, seq - 1, (line,), ())])


def in_bytes(path):
    """Addresses in the order in which they lie in a file, each place once."""
    found = re.findall(rb"([a-z]+)@example\.org", path.read_bytes())
    return [name.decode() for name in found]


def test_neither_rows_nor_bytes_tell_who_came_when(session):
    """Each person answers, then leaves an address: the files are read as a thief would."""
    path = settings.DATABASES["default"]["NAME"]
    seats = [take_seat(session, name) for name in ORDER]
    people = [f"participant-{n}" for n in range(len(ORDER))]
    for n, (name, who) in enumerate(zip(ORDER, people, strict=True), 1):
        line = Entry(n, timezone.now(), who, f"j{n}", None, "session.joined", 1, Joined())
        here().append([Append(session, n - 1, (line,), (Participant(id=who, name=""),))])
        leave(session, name)
    columns = [
        one.name
        for one in connection.introspection.get_table_description(
            connection.cursor(), Address._meta.db_table
        )
    ]
    assert columns == ["id", "session", "email", "remind", "contact"]
    raw = sqlite3.connect(path)
    by_row = [one for (one,) in raw.execute("SELECT email FROM store_address ORDER BY rowid")]
    by_id = [one for (one,) in raw.execute("SELECT email FROM store_address ORDER BY id")]
    raw.close()
    came = [f"{name}@example.org" for name in ORDER]
    assert sorted(by_row) == sorted(came)
    assert by_row == by_id != came  # one chance in twenty million million of being the same
    content = path.read_bytes() + b"".join(one.read_bytes() for one in path.parent.glob("fab*-wal"))
    for secret in (*people, *seats):
        assert secret.encode() not in content
    assert not any(b"@example.org" in one.read_bytes() for one in path.parent.glob("journal*"))
    # In each page the bytes follow the ids, not the arrivals.
    names = in_bytes(path)
    assert not follows(ORDER, names)
    assert not follows(ORDER, names[::-1])
    assert follows([one.partition("@")[0] for one in by_id], names[::-1])


def follows(order, names):
    """Whether all of `order` stands in `names`, one after the other."""
    return any(names[n : n + len(order)] == order for n in range(len(names)))


def test_an_ordinary_table_would_tell(tmp_path):
    """What the test above looks for is there when nothing is done about it."""
    path = tmp_path / "plain.sqlite3"
    plain = connect(path)
    plain.execute("CREATE TABLE address(id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT)")
    for name in ORDER:
        plain.execute("INSERT INTO address(email) VALUES (?)", (f"{name}@example.org",))
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    plain.close()
    names = in_bytes(path)
    assert follows(ORDER, names) or follows(ORDER, names[::-1])


def test_ids_drawn_by_chance_alone_would_tell_by_their_bytes(tmp_path):
    """Why the table is laid out anew: cells of a page lie in the order of their writing."""
    path = tmp_path / "drawn.sqlite3"
    drawn = connect(path)
    drawn.execute("CREATE TABLE address(id INTEGER PRIMARY KEY, email TEXT)")
    ids = (n * 7919 % 100_003 for n in itertools.count(1))
    for name, one in zip(ORDER, ids, strict=False):
        drawn.execute("INSERT INTO address VALUES (?, ?)", (one, f"{name}@example.org"))
    drawn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    drawn.close()
    names = in_bytes(path)
    assert follows(ORDER, names) or follows(ORDER, names[::-1])


def test_the_same_address_is_kept_once_and_says_so_to_nobody(session):
    first = leave(session, "ana")
    assert leave(session, "ANA", remind=False, contact=True) == first
    (row,) = addresses.listed(session)
    assert (row.email, row.remind, row.contact) == ("ana@example.org", True, True)


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a b@example.org", "a@b\nc.org", "x" * 300])
def test_what_is_no_address_is_not_kept(session, email):
    with pytest.raises(Invalid) as error:
        addresses.leave(session, email, remind=True, contact=False)
    assert error.value.where == "email"
    assert addresses.listed(session) == []


def test_an_address_is_for_something(session):
    with pytest.raises(Invalid):
        leave(session, "ana", remind=False)


def test_a_link_takes_one_out_and_no_other(session):
    token = leave(session, "ana")
    leave(session, "bo")
    with pytest.raises(NoAccess):
        addresses.take_out(token[:-1] + ("A" if token[-1] != "A" else "B"))
    addresses.take_out(token)
    assert [row.email for row in addresses.listed(session)] == ["bo@example.org"]
    addresses.take_out(token)  # twice is not an error
    assert b"ana@example.org" not in settings.DATABASES["default"]["NAME"].read_bytes()


def test_the_team_erases_in_its_own_session_only(session):
    leave(session, "ana")
    (row,) = addresses.listed(session)
    addresses.erase(row.pk, session + 1)
    assert addresses.listed(session) == [row]
    addresses.erase(row.pk, session)
    assert addresses.listed(session) == []


def test_what_has_served_is_forgotten(session):
    now = timezone.now()
    date(session, now + timedelta(days=1))
    leave(session, "ana")
    leave(session, "bo", contact=True)
    leave(session + 1000, "gone")  # of a session that is no longer here
    assert addresses.forget_old(now) == 1
    assert addresses.forget_old(now + timedelta(days=2)) == 1  # the reminder's own
    (row,) = addresses.listed(session)
    assert (row.email, row.remind, row.contact) == ("bo@example.org", False, True)
    assert addresses.forget_old(now + timedelta(days=365)) == 0
    assert addresses.forget_old(now + timedelta(days=367)) == 1


def test_they_are_given_to_a_spreadsheet_without_a_formula(session):
    leave(session, "bo", contact=True)
    addresses.leave(session, "=cmd@example.org", remind=False, contact=True)
    lines = addresses.as_csv(session, Language("fr")).decode("utf-8-sig").splitlines()
    assert lines == [
        '"Adresse";"À prévenir";"À recontacter"',
        '"\'=cmd@example.org";"non";"oui"',
        '"bo@example.org";"oui";"oui"',
    ]


def test_there_is_an_end_to_them(session, monkeypatch):
    monkeypatch.setattr(addresses, "MOST", 1)
    leave(session, "ana")
    leave(session, "ana", contact=True)
    with pytest.raises(Invalid):
        leave(session, "bo")
