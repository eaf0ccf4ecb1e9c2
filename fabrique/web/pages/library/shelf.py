"""The shelf: all that one may read, narrowed and looked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.library.look import FACETS, Asked, look
from fabrique.actions.policy import allowed
from fabrique.web.numbers import whole
from fabrique.web.shelved import LABELS, choices, line
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_safe
def page_of(request: HttpRequest) -> HttpResponse:
    """Look for words in what one may read."""
    looking, asked = viewer(request), asked_of(request)
    seen = look(looking, asked)
    offered = choices(looking, seen, asked.narrowed)
    words = {"q": asked.words} if asked.words else {}
    values = {
        "q": asked.words,
        "seen": seen,
        "lines": [line(one) for one in seen.found],
        "kinds": offered.pop("kind", []),
        "kind": asked.kind,
        "facets": [(name, LABELS[name], some) for name, some in offered.items() if some],
        "narrowed": asked.narrowed,
        "asked": {**words, **asked.narrowed},
        "but_kind": {k: v for k, v in {**words, **asked.narrowed}.items() if k != "kind"},
        "proposes": allowed(looking, "resource:propose"),
        "keeps": allowed(looking, "house:library"),
    }
    return page(request, "pages/library/shelf.html", values)


def asked_of(request: HttpRequest) -> Asked:
    """Read what somebody looks for."""
    narrowed = {name: request.GET.get(name, "")[:80].replace("\0", "") for name in FACETS}
    typed = request.GET.get("q", "")[:200].replace("\0", "")
    return Asked(words=typed, page=whole(request.GET.get("page", ""), 1), **narrowed)
