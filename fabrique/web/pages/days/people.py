"""Speakers: what each owes and gave, for the group; their own page, by their link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.programme import draft, duties, releases, speakers
from fabrique.domain.programme import Item, read
from fabrique.store.models import Duty, Gathering
from fabrique.web.pages.days.fields import number, tongue, whole
from fabrique.web.pages.days.forms import DutyForm
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who speaks and what is missing; say what is asked; write to those who owe something."""
    gathering = gathering_of(request, slug, "programme:edit")
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = DutyForm(request.POST if do == "duty" else None)
    query = ""
    if do == "usual":
        duties.usual_duties(gathering, tongue().code, person_of(request))
    elif do == "write":
        written = duties.write_to(gathering, timezone.now(), person_of(request))
        query = f"?written={written}"
    elif do == "drop":
        duties.drop_duty(gathering, number(request.POST.get("duty")), person_of(request))
    elif do == "duty" and form.is_valid():
        duties.add_duty(gathering, form.cleaned_data, person_of(request))
    if do and not form.errors:
        return redirect(f"{reverse('programme-speakers', args=[slug])}{query}")
    values = {
        "gathering": gathering,
        "form": form,
        "duties": Duty.objects.filter(gathering=gathering).order_by("-days_before", "id"),
        "people": duties.prepared(gathering, timezone.localdate()),
        "written": request.GET.get("written", ""),
    }
    return page(request, "pages/days/speakers.html", values, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Let a speaker read where they speak and give what is asked; the link opens nothing else."""
    gathering = _gathering(slug)
    speaker = speakers.read_speaker(gathering, token)
    if request.method == "POST":
        named = {whole(name.removeprefix("duty-")): name for name in request.POST}
        given = {key: request.POST[name] for key, name in named.items() if key is not None}
        duties.give(speaker, given, timezone.now(), viewer(request).person)
        return redirect(f"{request.path}?kept=1")
    values = {
        "gathering": gathering,
        "one": duties.prepared_one(speaker, timezone.localdate()),
        "places": _places(gathering, str(speaker.pk)),
        "kept": "kept" in request.GET,
    }
    return page(request, "pages/days/speaking.html", values)


def _gathering(slug: str) -> Gathering:
    """Find a gathering by name alone: the signed link is what lets in, also before it is public."""
    found = Gathering.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _places(gathering: Gathering, speaker: str) -> list[tuple[Item, object, object, str]]:
    """Give where somebody speaks, as last released; nothing of a draft leaves the group."""
    last = releases.current(gathering)
    shown = read(last.content) if last else draft.draft(gathering).keeping(())
    return [
        (one, shown.local(one), shown.ends(one), shown.room(one.room))
        for one in shown.placed
        if speaker in {voice.id for voice in one.voices}
    ]
