"""Pictures that a script names by a file beside it: taken into the session itself."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from fabrique.commands._files import read_file
from fabrique.domain.pictures import embed
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid
from fabrique.importers.script import Script


def with_pictures(script: Script, folder: Path) -> Script:
    """Replace the name of each picture's file, in `folder` or below, by the picture.

    A name without a file stays, and is shown by its words. Raises `Invalid` for a file that is no
    picture, or too heavy.
    """
    steps = tuple(
        _with_picture(step, folder.resolve(), f".steps[{n}].image")
        for n, step in enumerate(script.plan.steps)
    )
    return structs.replace(script, plan=structs.replace(script.plan, steps=steps))


def _with_picture(step: Definition, folder: Path, where: str) -> Definition:
    if step.image is None or ":" in step.image.src:
        return step
    path = _file(folder, step.image.src)
    if path is None:
        return step
    try:
        src = embed(read_file(path))
    except Invalid as error:
        raise Invalid(error.text, where) from None
    return structs.replace(step, image=structs.replace(step.image, src=src))


def _file(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except OSError:  # a name that no file can have
        return None
