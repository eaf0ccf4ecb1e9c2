"""Old addresses of what came from another site: they lead to the text, for those who may read it.

Anybody else finds what stands at any address where there is nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from fabrique.actions.policy import allowed
from fabrique.importers.wordpress.addresses import path_of
from fabrique.store.models import Redirect
from fabrique.web.viewer import viewer

LONGEST = 500


def former(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """Lead to the text that was at this address, if whoever asks may read it."""
    if request.method not in ("GET", "HEAD"):
        return None
    path = path_of(request.get_full_path())
    if not path or len(path) > LONGEST or "\x00" in path:
        return None
    found = Redirect.objects.select_related("resource").filter(old_path=path).first()
    if found is None or not allowed(viewer(request), "resource:read", found.resource):
        return None
    answer = HttpResponsePermanentRedirect(reverse("resource", args=[found.resource.slug]))
    add_never_cache_headers(answer)  # another reader may not be led there
    return answer
