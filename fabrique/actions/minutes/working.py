"""A recording worked on: claimed and held, said how far it is; made, or not, or once more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from fabrique.domain.text import Text
from fabrique.store.models import Recording

LEASE = timedelta(seconds=45)  # whoever works says so much more often (`hold`)
TRIES = 3  # of a work that ends without a word
INTERRUPTED = Text("The work was interrupted: it goes on from where it was.")


def claim(now: datetime) -> Recording | None:
    """Take the next one to be worked on, for whoever works now; None where none waits."""
    free = Q(state="waiting") | Q(state="working", claimed_until__lt=now)
    row = Recording.objects.filter(free).order_by("pk").first()
    if row is None:
        return None
    # Whoever worked on it is gone without a word: its readers are told, and it is not for ever.
    error = _interrupted(row) if row.state == "working" else row.error
    fresh = {"state": "working", "claimed_until": now + LEASE, "error": error}
    if not Recording.objects.filter(free, pk=row.pk).update(**fresh):
        return None
    row.refresh_from_db()
    return row


def hold(recording: Recording, now: datetime) -> None:
    """Say that somebody is still at it."""
    rows = Recording.objects.filter(pk=recording.pk, state="working")
    rows.update(claimed_until=now + LEASE)


def interrupted(recording: Recording) -> bool:
    """Have it wait for another try, where it was not tried often enough yet; say whether."""
    error = _interrupted(recording)
    if error["tries"] >= TRIES:
        return False
    rows = Recording.objects.filter(pk=recording.pk, state="working")
    rows.update(state="waiting", error=error, claimed_until=None)
    return True


def _interrupted(recording: Recording) -> dict[str, Any]:
    return {"msgid": INTERRUPTED.msgid, "params": {}, "tries": recording.error.get("tries", 0) + 1}


def tell(recording: Recording, share: float, left: float | None, now: datetime) -> bool:
    """Say how far the work is; False where it is not wanted any more: given up, or cut anew."""
    rows = Recording.objects.filter(pk=recording.pk, state="working", removed=recording.removed)
    return bool(rows.update(share=share, left=left, claimed_until=now + LEASE))


def made(recording: Recording, duration: int, remark: Text | None = None) -> None:
    """Say that its sound is there, and what is to be known of it."""
    rows = Recording.objects.filter(pk=recording.pk, state="working")
    rows.update(error=_said(remark) if remark else {})
    over = {"share": 1, "left": 0, "claimed_until": None, "words": False, "tagged": False}
    rows.update(state="ready", duration=duration, **over)


def listened(recording: Recording, languages: dict[str, float]) -> None:
    """Keep which languages are heard in it."""
    Recording.objects.filter(pk=recording.pk).update(languages=languages)


def failed(recording: Recording, why: Text) -> None:
    """Say why nothing could be made of it; the sound that is there stays."""
    rows = Recording.objects.filter(pk=recording.pk, state="working")
    rows.update(
        state="ready" if recording.words and recording.duration else "failed",
        error=_said(why),
        claimed_until=None,
        words=False,
    )


def _said(words: Text) -> dict[str, Any]:
    return {"msgid": words.msgid, "params": dict(words.params)}
