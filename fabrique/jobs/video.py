"""Performs what an adapter asks for: the only place where a video provider is called.

Calls take seconds at most, follow no redirection, and give up with a sentence; a provider that
asks to wait is waited for.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

import httpx
from django.db import close_old_connections
from django.utils import timezone

from fabrique.actions import video
from fabrique.domain.text import Invalid, Text
from fabrique.domain.video import Answer, Failed, Meeting, Request, Steps

log = logging.getLogger(__name__)
TIMEOUT = 10.0  # seconds a call may take
MOST = 1_000_000  # bytes of an answer
LONGEST = 6 * 3600  # seconds that another house may have us wait
BUSY, BROKEN = 429, 500
SILENT = Text("The video provider does not answer. Nothing was changed here: it is tried again.")
WAIT = Text("The video provider asks us to wait: it is tried again by itself.")
DOWN = Text("The video provider is out of order ({status}): it is tried again by itself.")

_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="video")


def perform(steps: Steps, client: httpx.Client, now: datetime) -> Meeting:
    """Play an adapter to its end; raise `Failed`, or `Invalid` for what a person gave."""
    try:
        request = next(steps)
        while True:
            request = steps.send(_answered(request, client, now))
    except StopIteration as end:
        found: Meeting = end.value
        return found


def _answered(request: Request, client: httpx.Client, now: datetime) -> Answer:
    try:
        with client.stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            params=dict(request.query) or None,
            data=dict(request.form) if request.form is not None else None,
            json=dict(request.body) if request.body is not None else None,
        ) as got:
            body = _read(got.iter_bytes())
            status, headers = got.status_code, dict(got.headers)
    except httpx.HTTPError:
        raise Failed(SILENT, again=True) from None
    if status == BUSY:
        raise Failed(WAIT, again=True, after=_seconds(headers.get("retry-after", ""), now))
    if status >= BROKEN:
        raise Failed(Text(DOWN.msgid, {"status": status}), again=True)
    return Answer(status, headers, body)


def _read(parts: Iterable[bytes]) -> bytes:
    body = b""
    for part in parts:
        body += part
        if len(body) > MOST:  # then it is no answer that anybody needs
            return b""
    return body


def _seconds(said: str, now: datetime) -> int | None:
    """Read how long to wait: seconds, or a date."""
    try:
        if said.isascii() and said.isdigit():
            return min(LONGEST, int(said))
        wait = int((parsedate_to_datetime(said) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
    return min(LONGEST, max(0, wait))


def attend(gathering: UUID, now: datetime) -> None:
    """Have the video link of a gathering, or keep why there is none; the second one leaves."""
    room = video.claim(gathering, now)
    if room is None:
        return
    try:
        steps = video.steps(room)
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            meeting = perform(steps, client, now)
    except Failed as failed:
        video.fail(room, failed, now)
    except Invalid as wrong:
        video.fail(room, Failed(wrong.text), now)
    except Exception:
        # Nobody is left waiting because of a mistake of ours; the log says which.
        log.exception("video link")
        video.fail(room, Failed(SILENT, again=True), now)
    else:
        video.settle(room, meeting)


def run_due(now: datetime) -> int:
    """Have every link that waits, or is to be tried again by now; say how many were tried."""
    due = video.due(now)
    for gathering in due:
        attend(gathering, now)
    return len(due)


def soon(gathering: UUID, wait: float) -> None:
    """Have it done beside the page, which waits for it a moment and no longer."""
    job: Future[None] = _pool.submit(_alone, gathering)
    with suppress(NotYet):
        job.result(wait)


def _alone(gathering: UUID) -> None:
    try:
        attend(gathering, timezone.now())
    finally:
        close_old_connections()
