import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabrique.actions.animate import create_session, import_archive
from fabrique.actions.document import archive as take_away
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.text import Invalid
from fabrique.store.here import here
from fabrique.store.models import Entry, Participant, Session
from tests.store.instance import at


@pytest.fixture
def data(played):
    return form.write(Archive(*played))


def count():
    return [model.objects.count() for model in (Session, Participant, Entry)]


def bring_back(data):
    """Import, whether or not another test has imported the same."""
    Session.objects.filter(fingerprint__isnull=False).update(fingerprint=None)
    return import_archive(data)


def test_archive_import_archive_gives_the_same_bytes(data):
    assert take_away(bring_back(data).id) == data


def test_one_line_an_entry_sorted_and_readable(data, played):
    lines = data.decode().splitlines()
    assert data.endswith(b"}\n")
    assert sum(line.startswith('{"at":') for line in lines) == len(played[2])
    document = json.loads(data)
    assert list(document) == sorted(document)
    assert [run["kind"] for run in document["runs"]] == ["word_cloud"]
    assert "Épatant" in data.decode()


def test_laid_out_otherwise_it_is_the_same_session(data, kinds):
    loose = json.dumps(json.loads(data), indent=4, ensure_ascii=True).encode()
    assert form.write(form.read(loose, kinds)) == data


def test_a_session_without_a_line(plan):
    head = create_session(plan)
    data = take_away(head.id)
    assert take_away(bring_back(data).id) == data


def test_a_redacted_line_survives_the_trip(data):
    session = bring_back(data).id
    here().redact(session, 4, at(100))
    redacted = take_away(session)
    assert take_away(bring_back(redacted).id) == redacted


def test_the_same_archive_twice_is_refused(data):
    bring_back(data)
    before = count()
    with pytest.raises(Invalid, match="already here"):
        import_archive(data)
    assert count() == before


def changed(data, change):
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def swap_lines(d):
    d["entries"][2], d["entries"][3] = d["entries"][3], d["entries"][2]


def repeat_line(d):
    d["entries"].insert(3, d["entries"][2])


def repeat_act(d):
    d["entries"].insert(5, {**d["entries"][4]})
    for seq, line in enumerate(d["entries"], 1):
        line["seq"] = seq


def foreign_answer(d):
    line = next(line for line in d["entries"] if line["kind"] == "word_cloud.answer")
    line["participant"] = "nobody"


def never_opened(d):
    line = next(line for line in d["entries"] if line["kind"] == "word_cloud.answer")
    line["run"] = "r9"


CHANGES = {
    "another form": lambda d: d.update(format="fabrique.archive/2"),
    "another file": lambda d: d.pop("format"),
    "unknown key": lambda d: d.update(extra=1),
    "a missing line": lambda d: d["entries"].pop(3),
    "a first line missing": lambda d: d["entries"].pop(0),
    "lines swapped": swap_lines,
    "a line twice": repeat_line,
    "an act twice": repeat_act,
    "a person not listed": foreign_answer,
    "a person listed twice": lambda d: d["participants"].append(d["participants"][0]),
    "other heads": lambda d: d["participants"][1].update(heads=2),
    "time running back": lambda d: d["entries"][3].update(at="2020-01-01T00:00:00.000000Z"),
    "time without a zone": lambda d: d["entries"][3].update(at="2026-03-29T00:30:03"),
    "other runs": lambda d: d["runs"][0].update(revealed_at=None),
    "a run never opened": never_opened,
    "a line after the end": lambda d: d["entries"].append(
        {
            **d["entries"][0],
            "seq": len(d["entries"]) + 1,
            "op": "late",
            "at": d["entries"][-1]["at"],
        }
    ),
    "a body that does not fit": lambda d: d["entries"][0].update(body={"heads": 0}),
    "a version from the future": lambda d: d["entries"][4].update(version=99),
    "an unknown kind of step": lambda d: d["session"]["steps"][0].update(kind="nothing"),
    "a blank nobody erased": lambda d: d["entries"][4].update(kind="session.blank", body={}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_not_a_whole_session_is_refused_and_leaves_nothing(data, change):
    before = count()
    with pytest.raises(Invalid) as refusal:
        import_archive(changed(data, change))
    assert refusal.value.text.msgid
    assert count() == before


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(cut=st.floats(0, 1, exclude_max=True))
def test_cut_anywhere_it_is_refused(data, kinds, cut):
    with pytest.raises(Invalid):
        form.read(data[: int((len(data) - 2) * cut)], kinds)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_byte_is_refused_or_still_a_session(data, kinds, place, byte):
    damaged = bytearray(data)
    damaged[int(len(data) * place)] = byte
    try:
        found = form.read(bytes(damaged), kinds)
    except Invalid:
        return
    assert form.read(form.write(found), kinds) == found


@pytest.mark.parametrize("junk", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_junk(junk, kinds):
    with pytest.raises(Invalid):
        form.read(junk, kinds)
