"""How mail leaves this house: one address in the environment, nothing sent without it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from fabrique.domain.text import Invalid, Text

NONE = "django.core.mail.backends.dummy.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
PORTS = {"smtp": 587, "smtps": 465}
HERE = ("localhost", "127.0.0.1", "::1")
WRONG = Text(
    "FABRIQUE_MAIL_URL is like smtp://name:password@mail.example.org:587, smtps://… or"
    " file:///folder."
)


class Post(Struct, frozen=True):
    """What Django has to know to send; `backend` is one that sends nothing where none is set."""

    backend: str = NONE
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    folder: Path | None = None


def post(address: str) -> Post:
    """Read `FABRIQUE_MAIL_URL`; raise `Invalid`."""
    if not address:
        return Post()
    url = urlsplit(address)
    if url.scheme == "file" and url.path:
        return Post(backend=FILES, folder=Path(unquote(url.path)))
    try:
        port = url.port or PORTS[url.scheme]
    except (KeyError, ValueError):
        raise Invalid(WRONG) from None
    if not url.hostname:
        raise Invalid(WRONG)
    return Post(
        backend=SMTP,
        host=url.hostname,
        port=port,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        # A server on this very machine needs no lock on the way.
        starts_tls=url.scheme == "smtp" and url.hostname not in HERE,
        is_tls=url.scheme == "smtps",
    )
