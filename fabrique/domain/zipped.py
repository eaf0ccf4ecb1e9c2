"""ZIP files that are the same bytes each time: no date of writing, no trace of the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that the form can write
READABLE = 0o644 << 16
UNIX = 3  # the permissions above are of this system, whichever writes


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Write files by path, in the order given."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = READABLE
            info.create_system = UNIX
            archive.writestr(info, content)
    return whole.getvalue()


def again(content: bytes) -> bytes:
    """Write a ZIP file of somebody else's making as ours are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
