"""The sentences that scripts say: given to the page, in its language, as one attribute."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext, override

from fabrique.domain.text import Text

ONE, SEVERAL = 1, 2

SENTENCES = {
    "needed": Text("Something is missing: choose or write an answer."),
    "long": Text("That is rather long for a word; it can be sent all the same."),
    "sent": Text("On its way…"),
    "saved": Text("Answer recorded."),
    "changed": Text("Changed once, counted once.", {"n": 1}, "Changed {n} times, counted once."),
    "changedvote": Text(
        "Vote changed once, counted once.",
        {"n": 1},
        "Vote changed {n} times, counted once.",
    ),
    "offline": Text("Offline."),
    "kept": Text("Your answer is kept on this device and leaves as soon as the line is back."),
    "notkept": Text("Leave this page open: this device cannot keep your answer by itself."),
    "waiting": Text(
        "Offline: {n} answer waiting, kept on this device.",
        {"n": 1},
        "Offline: {n} answers waiting, kept on this device.",
    ),
    "connecting": Text("Connecting…"),
    "lost": Text("Offline: trying again by itself. What you write is kept."),
    "back": Text("Back online."),
    "stale": Text("This seat is no longer valid: reload the page to join again."),
    "refused": Text("This could not be accepted."),
    "copy": Text("Copy"),
    "copied": Text("Copied."),
    "forget": Text("Let it go"),
    "place": Text("{name}: place {place} of {size}."),
    "question": Text("Question {n} of {size}"),
    "allseen": Text("All questions seen"),
}


def sentences(code: str) -> dict[str, str | list[str]]:
    """Give every sentence in a language; [singular, plural] where a number decides."""
    with override(code):
        return {key: _said(text) for key, text in SENTENCES.items()}


def _said(text: Text) -> str | list[str]:
    if text.plural is None:
        return gettext(text.msgid)
    return [ngettext(text.msgid, text.plural, n) for n in (ONE, SEVERAL)]
