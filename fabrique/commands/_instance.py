"""Wake Django up, on the instance's data or on a folder that is thrown away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


def wake() -> None:
    """Set Django up on `FABRIQUE_DATA` and bring its databases up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.settings")
    import django  # noqa: PLC0415 - slow to load: only for commands that need an instance

    django.setup()
    from fabrique.store.prepare import prepare  # noqa: PLC0415 - needs Django to be set up

    prepare()


@contextmanager
def throwaway() -> Iterator[None]:
    """Set Django up on an instance that lasts as long as the block."""
    with tempfile.TemporaryDirectory(prefix="fabrique-") as folder:
        os.environ["FABRIQUE_DATA"] = folder
        wake()
        try:
            yield
        finally:
            from fabrique.store.here import here  # noqa: PLC0415 - needs Django to be set up

            here().close()
