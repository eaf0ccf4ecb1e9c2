"""The form of a gathering, for the group: what is asked, from when, who is first, for how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import registrations, seats
from fabrique.actions.reminders import USUAL
from fabrique.actions.seats.hold import form_of
from fabrique.domain.asked import ASKABLE, BUILT_IN, KEPT
from fabrique.domain.language import language
from fabrique.domain.registration_letter import OWN
from fabrique.domain.seat import FAIRNESS, Fairness
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Form, Gathering, Person
from fabrique.web.form_items import items_of
from fabrique.web.form_terms import (
    early_of,
    hours_of,
    letters_of,
    moment_of,
    price_of,
    reminders_of,
)
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

LETTERS = {
    "confirmed": Text("The confirmation of a seat"),
    "before": Text("The reminders before"),
    "after": Text("The letter after it"),
}
SPARE = 1  # empty questions at the end, to be filled


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form to those who organise; keep what they changed."""
    gathering = gathering_of(request, slug, "gathering:organise")
    person = viewer(request).person
    assert person is not None  # noqa: S101 - the policy said so
    form, refusal, where = form_of(gathering), None, ""
    items = list(form.asked)
    if request.method == "POST":
        items = items_of(request.POST, gathering)
        try:
            _keep(request.POST, gathering, items, person)
        except Invalid as error:
            refusal, where = error.text, error.where
        else:
            return redirect("registration-form", slug)
    values = {
        "gathering": gathering,
        "form": form,
        "items": [*map(_shown, items), *[_shown({})] * SPARE],
        "refusal": refusal,
        "where": where,
        "kinds": [(k, registrations.kinds_of_questions()[k].name) for k in ASKABLE],
        "builtin": _builtin(gathering, items),
        "tiers": [(t.value, NAMES[t], form.early.get(t.value, ""), _euros(form, t)) for t in Tier],
        "fairness": [(one.value, FAIRNESS[one]) for one in Fairness],
        "opens": _local(form.opens_at, gathering),
        "pools": gathering.pools.order_by("id"),
        "closes": form.closes_before // 60,
        "stops": form.offers_stop // 60,
        "options": _options(items),
        "letters": [(what, LETTERS[what], form.letters.get(what, "")) for what in OWN],
        "reminders": ", ".join(str(one // 60) for one in form.reminders or USUAL),
    }
    return page(request, "pages/registration-form.html", values, 400 if refusal else 200)


def _keep(post: QueryDict, gathering: Gathering, items: list[Any], by: Person) -> None:
    changes: dict[str, Any] = {
        "asked": items,
        "opens_at": moment_of(post.get("opens_at", ""), gathering),
        "early": early_of(post),
        "closes_before": hours_of(post.get("closes", "0")) * 60,
        "offers_stop": hours_of(post.get("stops", "4")) * 60,
        "reminders": reminders_of(post.get("reminders", "")),
        "letters": letters_of(post),
        **price_of(post),
    }
    registrations.keep_form(gathering, changes, by)
    rule = post.get("fairness", "")
    if rule in set(Fairness):
        seats.order(gathering, Fairness(rule), by)
    seats.open_usual(gathering, {}, by)


def _shown(item: Mapping[str, Any]) -> dict[str, Any]:
    rule = item.get("rule", {})
    condition = item.get("show_if")
    return {
        "id": item.get("id", ""),
        "kind": item.get("kind", "open"),
        "title": item.get("title", ""),
        "instruction": item.get("instruction", ""),
        "options": "\n".join(item.get("options", ())),
        "required": rule.get("required", "no"),
        "after": rule.get("after", ""),
        "kept": rule.get("kept", KEPT),
        "condition": f"{condition['question']}:{condition['choice'][0]}" if condition else "",
    }


def _options(items: list[Any]) -> list[tuple[str, str]]:
    return [
        (f"{one['id']}:{place}", f"{one['title']} : {option}")
        for one in items
        for place, option in enumerate(one.get("options", ()))
    ]


def _builtin(gathering: Gathering, items: list[Any]) -> list[tuple[str, str]]:
    there, words = {one["id"] for one in items}, language(gathering.language)
    return [(name, words.say(title)) for name, title in BUILT_IN.items() if name not in there]


def _euros(form: Form, tier: Tier) -> str:
    cents = form.fees.get(tier.value, 0)
    return f"{cents / 100:g}".replace(".", ",") if cents else ""


def _local(at: datetime | None, gathering: Gathering) -> datetime | None:
    return at.astimezone(ZoneInfo(gathering.zone)) if at else None
