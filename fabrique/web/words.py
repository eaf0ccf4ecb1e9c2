"""The sentences that scripts say: given to the page, in its language, as one attribute."""

from __future__ import annotations

from collections.abc import Mapping

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
    "dots": Text("{n} dot here.", {"n": 1}, "{n} dots here."),
    "dotsleft": Text("You have {n} dot left.", {"n": 1}, "You have {n} dots left."),
    "isheld": Text("awaiting review"),
    "ishidden": Text("hidden by the facilitator"),
    "paused": Text("Paused for a moment: what you typed is kept, send it when it goes on."),
    "held": Text("Paused."),
    "whenon": Text("Your answer is kept on this device and leaves when it goes on."),
    "timeup": Text("Time is up: this was not sent. What you typed stays here."),
    "minute": Text("One minute left."),
    "seconds": Text("{n} second left.", {"n": 1}, "{n} seconds left."),
    "raise": Text("Raise my hand"),
    "lower": Text("Lower my hand"),
    "handup": Text("Your hand is up: the facilitator sees it."),
    "handdown": Text("Your hand is down."),
    "behind": Text(
        "You answer for {n} person.",
        {"n": 1},
        "You answer for {n} people: each answer counts for all of them.",
    ),
    "counted": Text("For {n} person.", {"n": 1}, "For {n} people."),
    "tabs": Text(
        "This session is open in too many tabs: close one of them, then this one opens by itself."
    ),
    "full": Text(
        "There is no room left on this server: leave this page open, it tries again by itself."
    ),
    "refused": Text("This could not be accepted."),
    "copy": Text("Copy"),
    "copied": Text("Copied."),
    "forget": Text("Let it go"),
    "place": Text("{name}: place {place} of {size}."),
    "question": Text("Question {n} of {size}"),
    "allseen": Text("All questions seen"),
    "todo": Text("To do"),
    "partly": Text("{n} of {size} answered"),
    "stepdone": Text("Done"),
    "stepsent": Text("Sent"),
    "draftkept": Text("Draft kept on this device"),
    "draftunsent": Text("A draft was not sent"),
    "stepof": Text("{n} of {size}"),
    "nextstep": Text("Next: {name}"),
    "clocks": Text("by the clocks of {zone}"),
    "alldone": Text("All is done: thank you. It can change until it closes."),
}


STUDIO = {  # of the running order editor, some in the place of what a phone would say
    "sending": Text("Saving…"),
    "savednow": Text("Saved"),
    "keptchange": Text("Kept on this device until the line is back"),
    "towrong": Text("To correct"),
    "waiting": Text(
        "Offline: {n} change waiting, kept on this device.",
        {"n": 1},
        "Offline: {n} changes waiting, kept on this device.",
    ),
    "notnumber": Text("Write a number."),
    "missing": Text("Something is needed here."),
    "undone": Text("The last change is taken back."),
    "added": Text("Added: {name}."),
    "dropped": Text("Taken out: {name}. Undo brings it back."),
    "copied": Text("The link is copied."),
    "gone": Text("Somebody else has taken this step out."),
}


def sentences(code: str, more: Mapping[str, Text] | None = None) -> dict[str, str | list[str]]:
    """Give every sentence in a language; [singular, plural] where a number decides."""
    with override(code):
        return {key: _said(text) for key, text in {**SENTENCES, **(more or {})}.items()}


def _said(text: Text) -> str | list[str]:
    if text.plural is None:
        return gettext(text.msgid)
    return [ngettext(text.msgid, text.plural, n) for n in (ONE, SEVERAL)]
