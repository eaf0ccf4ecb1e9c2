"""ZIP files of others: nothing is believed before it is measured, nothing is written anywhere."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from fabrique.domain.text import Invalid, Text

MOST = 1000  # files
LARGEST = 512 * 1024 * 1024  # bytes of them all, inflated
MANY = 1_000_000  # bytes: what is smaller may be as dense as it likes
DENSEST = 300  # times; words and figures stay far below
SIGNATURE = b"PK\x01\x02"  # of each file in the list at the end

_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}(?:/[A-Za-z0-9][\w.-]{0,99}){0,3}", re.ASCII)
# What people call their files: nothing that leads elsewhere, nothing that commands a machine.
FREE = re.compile(r"(?:[^\\/:.\x00-\x1f\x7f][^\\/:\x00-\x1f\x7f]{0,99}(?:/|\Z)){1,4}(?<!/)")
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_PLAIN = (0, 0o100000)  # neither a link nor a folder
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # a password, or a way of packing that is not known here
    ValueError,
    OverflowError,
)
UNREADABLE = Text("This ZIP file cannot be read.")
TOO_MUCH = Text("This ZIP file would take too much room once opened.")


def unzipped(data: bytes, name: re.Pattern[str] = _NAME) -> dict[str, bytes]:
    """Give every file by its path; raise `Invalid` for what is damaged, odd or out of measure.

    `name` is what a path may be: our own files', unless others' are wanted (`FREE`).
    """
    if data.count(SIGNATURE) > 4 * MOST:  # before the list is read: the files may be ZIPs too
        raise Invalid(TOO_MUCH)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            _measure(listed, name)
            return {one.filename: _content(archive, one) for one in listed}
    except BROKEN:
        raise Invalid(UNREADABLE) from None


def _measure(listed: list[zipfile.ZipInfo], name: re.Pattern[str]) -> None:
    if len(listed) > MOST or sum(one.file_size for one in listed) > LARGEST:
        raise Invalid(TOO_MUCH)
    names = {one.filename.casefold() for one in listed}
    if len(names) < len(listed):
        raise Invalid(Text("A file is twice in this ZIP file."))
    for one in listed:
        _judge(one, name)


def _judge(one: zipfile.ZipInfo, name: re.Pattern[str]) -> None:
    where = one.filename[:100]
    if not name.fullmatch(one.filename) or one.external_attr >> 16 & 0o170000 not in _PLAIN:
        raise Invalid(
            Text("A file of this ZIP file has a name or a kind that is not taken."), where
        )
    if one.flag_bits & _ENCRYPTED:
        raise Invalid(Text("A file of this ZIP file is encrypted."), where)
    if one.compress_type not in _KNOWN:
        raise Invalid(UNREADABLE, where)
    if one.file_size > MANY and one.file_size > DENSEST * one.compress_size:
        raise Invalid(TOO_MUCH, where)


def _content(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """Inflate one file, no further than it says."""
    with archive.open(one) as file:
        content = file.read(one.file_size + 1)
    if len(content) != one.file_size:
        raise Invalid(UNREADABLE, one.filename)
    return content
