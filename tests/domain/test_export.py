import contextlib
import hashlib
import io
import json
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain import unzipped
from fabrique.domain.export import File, archive_of, is_export, write
from fabrique.domain.text import Invalid
from fabrique.domain.zipped import zipped

ARCHIVE = b'{"format": "fabrique.archive/1"}\n'
FILES = (
    File("report.html", "text/html", b"<p>", "Le compte-rendu"),
    File("archive.json", "application/json", ARCHIVE, "L’archive"),
    File("listings/1-vote.csv", "text/csv", b"a;b", "Les votes"),
)
EXPORT = write("Café d’essai", FILES)


def manifest_of(files, **changes):
    listed = [
        {
            "path": path,
            "media_type": "x",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "about": "",
        }
        for path, content in files.items()
    ]
    told = {"format": "fabrique.export/1", "title": "", "files": listed} | changes
    return json.dumps(told).encode()


def packed(files, **changes):
    return zipped({"manifest.json": manifest_of(files, **changes), **files})


def with_info(path="x.txt", content=b"x", **attributes):
    """An export with one more file, told by the manifest, and odd attributes."""
    info = zipfile.ZipInfo(path)
    for name, value in attributes.items():
        setattr(info, name, value)
    files = {"archive.json": ARCHIVE, path: content}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", manifest_of(files))
        archive.writestr("archive.json", ARCHIVE)
        archive.writestr(info, content)
    return whole.getvalue()


def test_a_manifest_tells_every_file_in_order():
    with zipfile.ZipFile(io.BytesIO(EXPORT)) as archive:
        assert archive.namelist()[0] == "manifest.json"
        told = json.loads(archive.read("manifest.json"))
        assert told["format"] == "fabrique.export/1"
        assert told["title"] == "Café d’essai"
        assert [one["path"] for one in told["files"]] == archive.namelist()[1:]
        for one in told["files"]:
            content = archive.read(one["path"])
            assert one["bytes"] == len(content)
            assert one["sha256"] == hashlib.sha256(content).hexdigest()
        assert told["files"][0]["about"] == "L’archive"


def test_the_same_files_give_the_same_bytes_in_any_order():
    assert write("Café d’essai", reversed(FILES)) == EXPORT


def test_an_export_gives_its_archive_back():
    assert is_export(EXPORT)
    assert not is_export(ARCHIVE)
    assert archive_of(EXPORT) == ARCHIVE
    assert archive_of(packed({"archive.json": ARCHIVE})) == ARCHIVE


NAMES = ["../x", "/x", "a/../x", "a//b", "C:x", "a\\b", ".x", "x/", "é.txt", "a" * 101, "a/b/c/d/e"]
REFUSED = {
    "no manifest": zipped({"archive.json": ARCHIVE}),
    "a manifest that is not JSON": zipped({"manifest.json": b"{", "archive.json": ARCHIVE}),
    "a manifest of another form": packed({"archive.json": ARCHIVE}, format="other/1"),
    "a manifest with a key of its own": packed({"archive.json": ARCHIVE}, key=1),
    "no archive": packed({"report.html": b"<p>"}),
    "a file that is not told": zipped(
        {"manifest.json": manifest_of({"archive.json": ARCHIVE}), "archive.json": ARCHIVE, "x": b""}
    ),
    "a file that is missing": zipped(
        {"manifest.json": manifest_of({"archive.json": ARCHIVE, "x": b""}), "archive.json": ARCHIVE}
    ),
    "another sum": zipped(
        {"manifest.json": manifest_of({"archive.json": ARCHIVE}), "archive.json": ARCHIVE[::-1]}
    ),
    "a link": with_info(external_attr=0o120777 << 16),
    "a folder": with_info(external_attr=0o040755 << 16),
    "a bomb": with_info(content=bytes(400_000_000 // 64), compress_type=zipfile.ZIP_DEFLATED),
    "a way of packing that is not known": with_info(compress_type=zipfile.ZIP_BZIP2),
    "a file twice": with_info("ARCHIVE.json"),
    "not a ZIP": b"PK\x03\x04",
    "nothing": b"",
    "half of it": EXPORT[: len(EXPORT) // 2],
    "its end alone": EXPORT[-22:],
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_not_a_whole_export_is_refused(why):
    with pytest.raises(Invalid):
        archive_of(REFUSED[why])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_leave_its_folder_is_refused(name):
    with pytest.raises(Invalid) as refused:
        archive_of(with_info(name))
    assert "name" in str(refused.value) or "twice" in str(refused.value)


def test_an_encrypted_file_is_refused():
    flagged = bytearray(EXPORT)
    for at in positions(EXPORT, b"PK\x01\x02"):
        flagged[at + 8] |= 1
    with pytest.raises(Invalid) as refused:
        archive_of(bytes(flagged))
    assert "encrypted" in str(refused.value)


def test_a_size_that_lies_is_refused():
    content = bytes(5_000_000)
    lying = bytearray(with_info(content=content))
    for at in positions(bytes(lying), b"PK\x01\x02"):
        if struct.unpack_from("<I", lying, at + 24)[0] == len(content):
            struct.pack_into("<I", lying, at + 24, 10)
    with pytest.raises(Invalid):
        archive_of(bytes(lying))


def test_too_many_files_are_refused_before_they_are_listed(monkeypatch):
    many = packed({"archive.json": ARCHIVE, **{f"f{n}": b"" for n in range(1200)}})
    with pytest.raises(Invalid):
        archive_of(many)
    monkeypatch.setattr(unzipped.zipfile, "ZipFile", None)
    with pytest.raises(Invalid):
        archive_of(unzipped.SIGNATURE * 5000)


def test_files_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(unzipped, "LARGEST", len(ARCHIVE))
    with pytest.raises(Invalid):
        archive_of(EXPORT)


def positions(data, wanted):
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + 1)


@settings(max_examples=300)
@given(at=st.integers(0, len(EXPORT) - 1), bit=st.integers(0, 7))
def test_no_bit_can_change_in_secret(at, bit):
    changed = bytearray(EXPORT)
    changed[at] ^= 1 << bit
    with contextlib.suppress(Invalid):
        assert archive_of(bytes(changed)) == ARCHIVE


@given(st.binary(max_size=200))
def test_noise_is_refused(data):
    with pytest.raises(Invalid):
        archive_of(b"PK\x03\x04" + data)
