"""The search for a venue: leads, what they offer, a decision that becomes the gathering's place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.domain import venues as rules
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Gathering,
    Person,
    VenueCriterion,
    VenueLead,
    VenueSearch,
    VenueValue,
)

MOST_LEADS, MOST_CRITERIA = 40, 20


class About(Struct, frozen=True, kw_only=True):
    """What a lead is."""

    name: str
    place: str = ""
    contact: str = ""
    owner: Person | None = None
    state: str = rules.Lead.IDEA.value
    note: str = ""


class Compared(Struct, frozen=True):
    """A lead beside the criteria, in their order."""

    lead: VenueLead
    score: rules.Score
    values: tuple[tuple[VenueCriterion, VenueValue | None, bool], ...]  # bool: less than wanted


@transaction.atomic
def begin(gathering: Gathering, by: Person) -> VenueSearch:
    """Begin a search with the usual criteria; what has begun goes on."""
    Gathering.objects.filter(pk=gathering.pk).update(sequence=F("sequence"))
    search, new = VenueSearch.objects.get_or_create(gathering=gathering)
    if new:
        say = language(gathering.language).say
        VenueCriterion.objects.bulk_create(
            VenueCriterion(
                search=search,
                title=say(one.name),
                measure=one.measure.value,
                weight=one.weight,
                rank=rank,
                wanted=gathering.target if one.measure is rules.Measure.LEAST else None,
            )
            for rank, one in enumerate(rules.USUAL)
        )
        note("venues.begun", gathering, by)
    return search


@transaction.atomic
def aim(search: VenueSearch, needs: str, decide_by: date | None, by: Person) -> None:
    """Say what is looked for, and by when it is decided."""
    search.needs, search.decide_by = needs, decide_by
    search.save(update_fields=["needs", "decide_by"])
    day = decide_by.isoformat() if decide_by else ""
    note("venues.aimed", search.gathering, by, decide_by=day)


@transaction.atomic
def save_criterion(
    search: VenueSearch, row: VenueCriterion | None, values: rules.Criterion, by: Person
) -> VenueCriterion:
    """Add a criterion or change it; raise `Invalid` for a name that is taken."""
    VenueSearch.objects.filter(pk=search.pk).update(reason=F("reason"))
    others = search.criteria.exclude(pk=row.pk if row else 0)
    if others.filter(title=values.name).exists():
        raise Invalid(Text("There is a criterion of this name already."), "name")
    if row is None and others.count() >= MOST_CRITERIA:
        raise Invalid(Text("There are {n} criteria already.", {"n": MOST_CRITERIA}), "name")
    made = row or VenueCriterion(search=search, rank=others.count())
    made.title, made.measure = values.name, values.measure.value
    made.weight, made.wanted = values.weight, values.wanted
    made.save()
    note("venues.criterion", search.gathering, by, name=made.title, weight=made.weight)
    return made


@transaction.atomic
def save_lead(
    search: VenueSearch,
    row: VenueLead | None,
    about: About,
    values: Mapping[int, rules.Value],
    by: Person,
) -> VenueLead:
    """Add a lead or change it, with what it offers by criterion; raise `Invalid`."""
    VenueSearch.objects.filter(pk=search.pk).update(reason=F("reason"))
    others = search.leads.exclude(pk=row.pk if row else 0)
    if others.filter(name=about.name).exists():
        raise Invalid(Text("There is a lead of this name already."), "name")
    if row is None and others.count() >= MOST_LEADS:
        raise Invalid(Text("There are {n} leads already.", {"n": MOST_LEADS}), "name")
    made = row or VenueLead(search=search)
    made.name, made.place, made.contact = about.name, about.place, about.contact
    made.owner, made.note = about.owner, about.note
    if rules.Lead.CHOSEN not in (made.state, about.state):
        made.state = about.state  # chosen only by the decision, with its reason
    made.save()
    for criterion in search.criteria.all():
        _keep(made, criterion, values.get(criterion.pk, rules.Value()))
    note("venues.lead", search.gathering, by, name=made.name, state=made.state)
    return made


def _keep(lead: VenueLead, criterion: VenueCriterion, value: rules.Value) -> None:
    rows = VenueValue.objects.filter(lead=lead, criterion=criterion)
    if value == rules.Value():
        rows.delete()
    else:
        kept = {"figure": value.figure, "words": value.words}
        VenueValue.objects.update_or_create(lead=lead, criterion=criterion, defaults=kept)


@transaction.atomic
def choose(lead: VenueLead, reason: str, directions: str, by: Person, now: datetime) -> None:
    """Decide, and say why: the lead becomes the place of its gathering. Raises `Invalid`."""
    if not reason.strip():
        raise Invalid(Text("Say why this one: it is what others will ask."), "reason")
    search = lead.search
    search.reason, search.decided_at = reason, now
    search.save(update_fields=["reason", "decided_at"])
    search.leads.filter(state=rules.Lead.CHOSEN).update(state=rules.Lead.OFFERED.value)
    lead.state = rules.Lead.CHOSEN.value
    lead.save(update_fields=["state"])
    changed = {"place": lead.name, "directions": directions, "sequence": F("sequence") + 1}
    before = {"place": search.gathering.place, "directions": search.gathering.directions}
    Gathering.objects.filter(pk=search.gathering_id).update(**changed)
    search.gathering.refresh_from_db()
    note("venues.chosen", search.gathering, by, place=lead.name, reason=reason, before=before)


def compared(search: VenueSearch) -> list[Compared]:
    """Give the leads beside each other, the best first: the same queries however many they are."""
    criteria = list(search.criteria.order_by("rank", "id"))
    read = [_rule(one) for one in criteria]
    found = []
    for lead in search.leads.select_related("owner").prefetch_related("values"):
        rows = {one.criterion_id: one for one in lead.values.all()}
        values = {pk: rules.Value(row.figure, row.words) for pk, row in rows.items()}
        score = rules.score(read, values)
        cells = tuple((one, rows.get(one.pk), one.title in score.short) for one in criteria)
        found.append(Compared(lead, score, cells))
    return sorted(found, key=_rank)


def _rank(one: Compared) -> tuple[bool, int, str]:
    percent = one.score.percent
    gone = one.lead.state == rules.Lead.GONE
    return gone, 1 if percent is None else -percent, one.lead.name


def _rule(row: VenueCriterion) -> rules.Criterion:
    wanted = Decimal(row.wanted) if row.wanted is not None else None
    return rules.Criterion(row.pk, row.title, rules.Measure(row.measure), row.weight, wanted)
