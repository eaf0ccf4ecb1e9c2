"""What was imported: its report, and the way to take it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.access import Role
from fabrique.actions.animate import facilitator_token
from fabrique.actions.remove import removable, remove
from fabrique.domain.text import Invalid
from fabrique.store.here import plan_of
from fabrique.web.seats import keep, require, session_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a session that was imported, which can be taken back as long as nothing was added."""
    require(request, "lead")
    head = session_of(request, code)
    why = None
    if request.method == "POST":
        require(request, "remove")
        try:
            remove(head)
        except Invalid as error:
            why = error.text
        else:
            return see_other("import", removed=head.code)
    refused = request.GET.get("refused", "")[:7]
    values = {
        "head": head,
        "plan": plan_of(head),
        "why": why or removable(head),
        "refused": int(refused) if refused.isascii() and refused.isdigit() else 0,
    }
    status = 409 if request.method == "POST" else 200
    response = render(request, "pages/imported.html", values, status=status)
    return keep(response, head, facilitator_token(head.id), Role.FACILITATOR)


def see_other(name: str, *arguments: str, **query: str) -> HttpResponse:
    """Lead from a form to a page."""
    response = redirect(reverse(name, args=arguments, query=query or None))
    response.status_code = 303
    return response
