"""What the team decides on proposals: kept apart until all are told at once, one letter each."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from fabrique.actions import letters
from fabrique.actions.animate import create_session
from fabrique.actions.history import note
from fabrique.actions.shape import preparation_of
from fabrique.domain.definitions import read_definition
from fabrique.domain.gathering import State, move
from fabrique.domain.language import language
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid, Text
from fabrique.importers.method import methods
from fabrique.store.here import kinds
from fabrique.store.models import Gathering, Organiser, Person, Preparation

AFTER = {"accept": State.PREPARED, "back": State.DRAFT, "decline": State.DECLINED}
SUBJECTS = {
    "accept": Text("Accepted: {title}"),
    "back": Text("To be looked at again: {title}"),
    "decline": Text("Not this time: {title}"),
}
WORDS = {
    "accept": Text(
        "“{title}” is accepted. Its checklist, its slot, its video link and its console are yours."
    ),
    "back": Text("The team has a question on “{title}”. Your draft is open again."),
    "decline": Text("The team does not take “{title}” up this time."),
}
CHAT = Text("Chat")
LONGEST = 2000


def proposals() -> QuerySet[Gathering]:
    """Give what was proposed and waits for the team, first come first."""
    rows = Gathering.objects.filter(state=State.PROPOSED.value, preparation__isnull=False)
    return rows.select_related("preparation", "proposer").order_by("preparation__proposed_at")


def decide(gathering: Gathering, verdict: str, word: str, by: Person, now: datetime) -> None:
    """Keep a decision; nobody is told before `release`. An empty verdict takes it back."""
    if verdict not in ("", *AFTER):
        raise Invalid(Text("Choose one of what is offered."), "verdict")
    said = word.replace("\r\n", "\n").strip()
    if verdict in ("back", "decline") and not said:
        raise Invalid(Text("Say why in a word: it is sent with the decision."), "word")
    if len(said) > LONGEST:
        what = {"most": LONGEST}
        raise Invalid(Text("At most {most} characters fit here: shorten it.", what), "word")
    with transaction.atomic():
        rows = Preparation.objects.filter(gathering=gathering)
        rows.filter(gathering__state=State.PROPOSED.value).update(
            verdict=verdict, word=said, decided_by=by if verdict else None, decided_at=now
        )
        if not rows.filter(verdict=verdict, gathering__state=State.PROPOSED.value).exists():
            raise Invalid(Text("It no longer waits for a decision: nothing was changed."))
        note("decision kept", gathering, by, verdict=verdict)


def waiting() -> QuerySet[Gathering]:
    """Give the proposals that are decided, and not told."""
    return proposals().exclude(preparation__verdict="")


def release(by: Person, now: datetime) -> int:
    """Apply every decision that is kept and write to each group; say how many."""
    return sum(_released(one, by, now) for one in waiting())


def _released(found: Gathering, by: Person, now: datetime) -> int:
    """Apply one; nothing if a colleague just did, or took it back."""
    code = _session(found) if found.preparation.verdict == "accept" else ""
    with transaction.atomic():
        # Writes first: whoever releases at the same time waits, and then finds nothing to do.
        rows = Preparation.objects.filter(gathering=found, verdict=found.preparation.verdict)
        if not rows.exclude(verdict="").update(verdict=""):
            return 0
        row = Gathering.objects.get(pk=found.pk)
        verdict, word = found.preparation.verdict, found.preparation.word
        row.state = move(State(row.state), AFTER[verdict]).value
        row.session = row.session or code
        row.save(update_fields=["state", "session"])
        line = note("decided", row, by, verdict=verdict)
        _tell(row, verdict, word, f"decided:{line.pk}", by, now)
    return 1


def _tell(row: Gathering, verdict: str, word: str, key: str, by: Person, now: datetime) -> None:
    said = {"title": row.title, "words": WORDS[verdict], "word": word}
    words = Text(WORDS[verdict].msgid, said)
    if word:
        words = Text("{words}\n\n{word}", {"words": words, "word": word})
    path = {
        "accept": reverse("organise-one", args=[row.slug]),
        "back": reverse("draft", args=[row.pk]),
        "decline": reverse("propose"),
    }[verdict]
    what = letters.Note(Text(SUBJECTS[verdict].msgid, said), words, path)
    for one in Organiser.objects.filter(gathering=row).select_related("person"):
        letters.write(one.person, what, row.preparation, f"{key}:{one.person_id}", now, by)


def _session(gathering: Gathering) -> str:
    """Make the live session of a gathering that has none, from its format's method."""
    if gathering.session:
        return gathering.session
    return session_for(gathering)


def session_for(gathering: Gathering, starts_at: datetime | None = None) -> str:
    """Make a session with the running order that a gathering's format brings; give its code."""
    code = "en" if gathering.language == "en" else "fr"
    method = methods(kinds()).get(preparation_of(gathering).parts.get("method", ""))
    chat = {"id": "chat", "kind": "chat", "title": language(code).say(CHAT)}
    plan = Plan(
        title=gathering.title,
        kind=method.kind if method else "session",
        language=code,
        starts_at=starts_at or gathering.starts_at or gathering.created_at,
        timezone=gathering.zone or settings.TIME_ZONE,
        steps=method.steps[code] if method else (),
        beside=(read_definition(chat, kinds()),),
    )
    return create_session(plan).code
