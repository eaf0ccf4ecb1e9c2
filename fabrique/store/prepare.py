"""Bring the instance's databases to the shape this version needs."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Apply the migrations that are missing, in every file of the instance; quick when none is."""
    for alias in ("default", "journal"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)


def collect_static() -> None:
    """Copy the built static files where they are served from, under names that never go stale."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if not settings.STATICFILES_DIRS:
        return
    built = [folder / ".stamp" for folder in settings.STATICFILES_DIRS]
    stamp = "".join(path.read_text() for path in built if path.exists())
    served = settings.STATIC_ROOT / ".stamp"
    if served.exists() and served.read_text() == stamp:
        return
    ignored = ["*.br", "*.gz", ".stamp"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)
    served.write_text(stamp)
