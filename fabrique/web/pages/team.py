"""The team: what is proposed, decided one by one, told all at once."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import approve, propose
from fabrique.domain.checklist import LANE_NAMES
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES as TIERS
from fabrique.domain.tier import Tier
from fabrique.importers.gathering import formats
from fabrique.store.models import Gathering
from fabrique.web.numbers import is_whole, whole
from fabrique.web.pages.propose import MODES, person_of
from fabrique.web.site import page

VERDICTS = {
    "accept": Text("Accept"),
    "back": Text("Send back with a word"),
    "decline": Text("Decline"),
}
NOTES = {
    "speaker": Text("Speaker, how it is led"),
    "when": Text("When"),
    "partners": Text("Partners and guests"),
    "support": Text("Asked of the team"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """Show what waits; keep a decision, release those that are kept."""
    me = person_of(request, "gathering:approve")
    refused, at = None, ""
    if request.method == "POST":
        now = timezone.now()
        if "release" in request.POST:
            return redirect(f"{reverse('team-proposals')}?told={approve.release(me, now)}")
        at = request.POST.get("gathering", "")
        found = next((one for one in approve.proposals() if str(one.pk) == at), None)
        if found is None:
            raise Http404(at)
        verdict = request.POST.get("verdict", "")
        try:
            approve.decide(found, verdict, request.POST.get("word", ""), me, now)
        except Invalid as error:
            refused = error
        else:
            return redirect(f"{reverse('team-proposals')}#p-{at}")
    rows = [_row(one) for one in approve.proposals()]
    told = request.GET.get("told", "")
    values = {
        "rows": rows,
        "verdicts": list(VERDICTS.items()),
        "kept": sum(1 for one in rows if one["verdict"]),
        "told": whole(told) if is_whole(told) else None,
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
    }
    return page(request, "pages/team-proposals.html", values, 400 if refused else 200)


def _row(one: Gathering) -> dict[str, object]:
    notes = one.preparation.notes
    chosen = formats().get(one.format)
    return {
        "gathering": one,
        "verdict": one.preparation.verdict,
        "verdict_name": VERDICTS.get(one.preparation.verdict),
        "lane": LANE_NAMES[one.lane],
        "format": chosen.name if chosen else one.format,
        "audience": TIERS[Tier(one.audience)],
        "mode": MODES[one.mode],
        "notes": [(NOTES[key], notes[key]) for key in propose.NOTES if notes.get(key)],
    }
