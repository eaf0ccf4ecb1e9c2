"""Presentations of PowerPoint and LibreOffice: looked into before they are opened, then a PDF."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

from fabrique.jobs.notes import odp_notes, pptx_notes
from fabrique.jobs.refusals import Unfit

MOST_UNPACKED = 400 << 20  # bytes
MOST_FILES = 5000
PATIENCE = 180  # seconds
_PPTX, _ODP = "ppt/presentation.xml", "content.xml"
_ODP_TYPE = b"application/vnd.oasis.opendocument.presentation"
_MANIFEST = "META-INF/manifest.xml"
# Macros never run, and what a presentation links to elsewhere, a file of ours or an address,
# is never fetched.
_ITEM = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{}</item>'
_PROP = '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop>'
_SETTINGS = {
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
    "BlockUntrustedRefererLinks": "true",
    "DisableActiveContent": "true",
}
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)


def look_into(source: Path) -> tuple[str, list[str]]:
    """Give the suffix, and the notes of each page that is shown; raise `Unfit`."""
    try:
        with zipfile.ZipFile(source) as packed:
            _check_size(packed)
            names = set(packed.namelist())
            if _PPTX in names:
                return "pptx", _some(pptx_notes(packed))
            if _is_odp(packed, names):
                return "odp", _some(odp_notes(packed))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, SyntaxError, EOFError):
        raise Unfit("broken") from None  # SyntaxError: what ElementTree raises for foreign XML
    except (NotImplementedError, RuntimeError):  # what zipfile raises for a file under a password
        raise Unfit("encrypted") from None
    raise Unfit("no_slides")


def convert(source: Path, suffix: str, folder: Path) -> Path:
    """Have LibreOffice write the presentation as a PDF in `folder`; raise `Unfit`."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Unfit("no_office")
    named = folder / f"slides.{suffix}"
    named.unlink(missing_ok=True)
    named.hardlink_to(source)
    _make_profile(folder / "profile")
    _run(office, named, folder)
    made = folder / "slides.pdf"
    if not made.exists():
        raise Unfit("office")
    return made


def _some(notes: list[str]) -> list[str]:
    if not notes:
        raise Unfit("empty")
    return notes


def _check_size(packed: zipfile.ZipFile) -> None:
    files = packed.infolist()
    if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
        raise Unfit("bomb")


def _is_odp(packed: zipfile.ZipFile, names: set[str]) -> bool:
    if _ODP not in names or "mimetype" not in names:
        return False
    with packed.open("mimetype") as file:
        if not file.read(100).startswith(_ODP_TYPE):
            return False
    if _MANIFEST in names and b"encryption-data" in packed.read(_MANIFEST):
        raise Unfit("encrypted")
    return True


def _make_profile(profile: Path) -> None:
    settings = "".join(_PROP.format(*one) for one in _SETTINGS.items())
    path = profile / "user/registrymodifications.xcu"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_REGISTRY.format(_ITEM.format(settings)), encoding="utf-8")


def _run(office: str, source: Path, folder: Path) -> None:
    command = [office, "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    try:  # what it leaves running goes with our group
        subprocess.run(  # noqa: S603 - our own command
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit("office_slow") from None
