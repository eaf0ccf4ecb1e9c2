import pytest

from fabrique.domain.entry import Blank, Entry
from fabrique.domain.lines import Closed, Ended, Joined, Redacted
from fabrique.domain.session import Participant
from fabrique.store.journal import Append, Behind, Journal, Taken
from tests.store.instance import START, at


def line(seq, body, who="ana", kind="session.joined", op=None):
    return Entry(seq, at(seq), who, op or f"op{seq}", None, kind, 1, body)


def joins(session, after, *people):
    entries = tuple(line(after + n, Joined(), who) for n, who in enumerate(people, 1))
    names = tuple(Participant(id=who, name=who.title()) for who in people)
    return Append(session, after, entries, names)


@pytest.fixture
def session(journal):
    return journal.create("ABC234", "{}", START)


def test_lines_come_back_as_they_were(journal, session):
    batch = joins(session, 0, "ana", "bob")
    journal.append([batch])
    assert journal.read(session) == list(batch.entries)
    assert journal.read(session, after=1) == [batch.entries[1]]
    assert journal.head(session).last_seq == 2
    assert journal.names(session)["bob"].name == "Bob"


def test_names_are_never_in_the_lines(journal, session):
    journal.append([joins(session, 0, "p1")])
    (body,) = journal._db.execute("SELECT body FROM store_entry").fetchone()
    assert "P1" not in body


def test_several_sessions_in_one_transaction(journal, session):
    other = journal.create("DEF567", "{}", START)
    journal.append([joins(session, 0, "ana"), joins(other, 0, "ana", "bob")])
    assert [len(journal.read(one)) for one in (session, other)] == [1, 2]


def test_who_decided_on_an_old_past_writes_nothing(journal, session):
    journal.append([joins(session, 0, "ana")])
    other = journal.create("DEF567", "{}", START)
    with pytest.raises(Behind) as behind:
        journal.append([joins(other, 0, "bob"), joins(session, 0, "bob")])
    assert behind.value.session == session
    assert journal.read(other) == []
    assert journal.head(other).last_seq == 0


def test_the_same_act_twice_is_refused_whole(journal, session):
    journal.append([Append(session, 0, (line(1, Joined(), op="same"),))])
    twice = (line(2, Closed(), kind="session.closed"), line(3, Joined(), op="same"))
    with pytest.raises(journal._db.IntegrityError):
        journal.append([Append(session, 1, twice)])
    assert journal.head(session).last_seq == 1
    journal.append([Append(session, 1, twice[:1])])  # the connection is usable again


def test_redaction_erases_in_place_names_included(journal, session):
    journal.append([joins(session, 0, "ana", "bob")])
    before = journal.head(session).epoch
    journal.redact(session, 1, at(9))
    lines = journal.read(session)
    assert [entry.body for entry in lines] == [Blank(), Joined(), Redacted(seq=1)]
    assert (lines[0].participant, lines[0].op, lines[0].seq) == ("ana", "op1", 1)
    assert journal.head(session).epoch != before
    assert journal.names(session)["ana"].name == ""
    assert journal.names(session)["bob"].name == "Bob"


def test_redacted_words_are_gone_from_the_files(journal, session, path):
    secret = "somebody-s-home-address"
    body = {"text": secret}
    journal.append([Append(session, 0, (line(1, body, kind="lost_kind.say"),))])
    on_disk = lambda: b"".join(f.read_bytes() for f in path.parent.glob("journal.sqlite3*"))  # noqa: E731
    assert secret.encode() in on_disk()
    journal.redact(session, 1, at(9))
    assert secret.encode() not in on_disk()


@pytest.mark.parametrize("seq", [0, 2])
def test_redacting_a_line_that_is_not_there(journal, session, seq):
    journal.append([joins(session, 0, "ana")])
    with pytest.raises(LookupError):
        journal.redact(session, seq, at(9))


def test_a_kind_this_house_has_lost_stays_readable(journal, session):
    body = {"text": "é\u2028", "deep": [1, None, 2.5]}
    journal.append([Append(session, 0, (line(1, body, kind="lost_kind.say"),))])
    assert journal.read(session)[0].body == body


def test_the_end_is_noted_and_a_restart_keeps_the_epoch(journal, session, path, kinds):
    journal.append([Append(session, 0, (line(1, Ended(), who="", kind="session.ended"),))])
    again = Journal(path, kinds)
    assert again.head(session).ended_at == at(1)
    assert again.head(session).epoch == journal.head(session).epoch
    again.close()


def test_sessions_by_code(journal, session):
    assert journal.by_code(" abc234 ").id == session
    with pytest.raises(LookupError):
        journal.by_code("NOBODY")
    with pytest.raises(Taken):
        journal.create("ABC234", "{}", START)


def test_a_reader_is_not_held_up_by_a_writer(journal, session, path, kinds):
    reader = Journal(path, kinds)
    journal._db.execute("BEGIN IMMEDIATE")
    assert reader.read(session) == []
    journal._db.execute("ROLLBACK")
    reader.close()
