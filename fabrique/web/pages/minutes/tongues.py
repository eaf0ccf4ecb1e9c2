"""In which language something was said, where that is not its session's: told on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fabrique.actions.minutes.recording import spoken_here
from fabrique.domain.other_language import of_recording, of_transcript
from fabrique.domain.tongues import name_of
from fabrique.store.models import Cue, Minutes, Recording


def tongues(found: Minutes, row: Recording | None, cues: Iterable[Cue]) -> dict[str, Any]:
    """Give what pages say of the languages of a transcript and of a recording."""
    languages = row.languages if row else {}
    written = (row.language if row else "") or found.language
    heard = max(languages, key=lambda code: languages[code], default="")
    return {
        "other_words": of_transcript((one.text for one in cues), found.language),
        "other_sound": of_recording(languages, written),
        "heard_language": name_of(heard) if heard else None,
        "written_language": heard or written,
        "languages": [(code, name_of(code)) for code in spoken_here(row)],
    }
