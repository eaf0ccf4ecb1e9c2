"""What was published, found by words and read by whom it is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.minutes import reading
from fabrique.actions.minutes.publish import read
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Look for words in what one may read."""
    typed = request.GET.get("q", "")[:200]
    found = [(one, read(one.edition)) for one in reading.find(viewer(request), typed)]
    return page(request, "pages/minutes/library.html", {"found": found, "q": typed})
