"""Sending one row of the outbox: the only place of the house that speaks to mail servers and hooks.

Each attempt ends as one of four: sent; refused for good; to be tried later; or uncertain, where
the other side had everything and did not answer.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.mime.text import MIMEText
from typing import Any

import httpx
from django.conf import settings
from django.core.mail import EmailMessage
from msgspec import Struct

from fabrique.actions.messages import UNCERTAIN
from fabrique.domain.language import Language, language
from fabrique.domain.registry import discover
from fabrique.store.models import Dispatch

PATIENCE = httpx.Timeout(10.0, connect=5.0)
AGAIN, OK, TOO_MANY, SERVER = 300, 200, 429, 500
LONGEST = timedelta(hours=6)  # that another house may have us wait
HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post")
TEMPORARY = range(400, 500)  # what a mail server may accept another time


class Outcome(Struct, frozen=True):
    """How an attempt ended; `why` is a code and a detail (`actions/messages.py`), no secret."""

    state: str  # "sent", "refused", "later", "uncertain"
    why: str = ""
    wait: timedelta | None = None  # asked by the other side


SENT = Outcome("sent")


def send(row: Dispatch) -> Outcome:
    """Send one row."""
    return mail(row) if row.relay == "email" else hook(row)


def mail(row: Dispatch) -> Outcome:
    """Hand a mail over to the mail server of the house."""
    try:
        written(row).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (0, b""))
        return _smtp(code, said)
    except smtplib.SMTPResponseException as error:
        return _smtp(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome("later", f"unreachable {type(error).__name__}")
    except ValueError:  # an address or a header that no mail can have
        return Outcome("refused", "unwritable")
    return SENT


def _smtp(code: int, said: bytes | str) -> Outcome:
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    why = f"smtp {code} {' '.join(words.split())[:200]}"
    return Outcome("later" if code in TEMPORARY else "refused", why)


def written(row: Dispatch) -> EmailMessage:
    """Write the mail of a row: the same every time, so that a second copy is known as one."""
    one_line = {
        name: " ".join(str(row.headers[name]).split()) for name in HEADERS if name in row.headers
    }
    own = {"Message-ID": message_id(row), "Auto-Submitted": "auto-generated", **one_line}
    made = EmailMessage(
        row.subject,
        row.body + _foot(one_line, language(str(row.headers.get("lang", "fr")))),
        settings.MAIL_FROM,
        [row.to],
        headers=own,
    )
    for file in row.files:
        made.attach(_file(file))
    return made


def message_id(row: Dispatch) -> str:
    """Give the name of a mail, that of its row."""
    return f"<{row.pk}.{row.created_at:%Y%m%d%H%M%S}@{settings.MAIL_FROM.rpartition('@')[2]}>"


def _foot(headers: dict[str, str], words: Language) -> str:
    """Say under the text what the header says to mail programs."""
    gone = headers.get("List-Unsubscribe", "").strip("<>")
    return discover("fabrique.relays")["email"].foot(gone, words) if gone else ""


def _file(file: dict[str, str]) -> MIMEText:
    kind, *more = (part.strip() for part in file["media_type"].split(";"))
    part = MIMEText(file["body"], kind.partition("/")[2], "utf-8")
    for name, _, value in (one.partition("=") for one in more):
        if name == "method":
            part.set_param("method", value)
    part.add_header("Content-Disposition", "attachment", filename=file["name"])
    return part


def hook(row: Dispatch) -> Outcome:
    """Post to a webhook; its address is a secret that no line ever shows."""
    address = settings.DISCORD.get(row.to) if row.relay == "discord" else None
    if not address:
        return Outcome("refused", f"unset {row.to}")
    payload = discover("fabrique.relays")["discord"].payload(
        row.subject, row.body, str(row.headers.get("url", ""))
    )
    try:
        with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
            answer = client.post(address, json=payload)
    except (httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError):
        return Outcome("uncertain", UNCERTAIN)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Outcome("later", f"unreachable {type(error).__name__}")
    return _answered(answer)


def _answered(answer: httpx.Response) -> Outcome:
    why = f"hook {answer.status_code}"
    if answer.status_code == TOO_MANY:
        return Outcome("later", why, _asked(answer))
    if answer.status_code >= SERVER:
        return Outcome("later", why)
    return SENT if OK <= answer.status_code < AGAIN else Outcome("refused", why)


def _asked(answer: httpx.Response) -> timedelta | None:
    """Read how long to wait, as the header or Discord's own answer says; in seconds."""
    said: Any = answer.headers.get("retry-after")
    if said is None:
        try:
            found = answer.json()
        except ValueError:
            return None
        said = found.get("retry_after") if isinstance(found, dict) else None
    try:
        return min(LONGEST, timedelta(seconds=max(0.0, float(said))))
    except (TypeError, ValueError, OverflowError):
        return None
