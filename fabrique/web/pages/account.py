"""Sign in by a code sent by mail, make an account, sign out; a link of the command line, once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.views import (
    ConfirmEmailVerificationCodeView,
    ConfirmLoginCodeView,
    LogoutView,
    RequestLoginCodeView,
    SignupView,
)
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.entrance import peek, spend
from fabrique.domain.text import Text
from fabrique.store.models import Person
from fabrique.web.entrance import NotSent
from fabrique.web.site import page

LOST = Text(
    "The mail could not be sent: nothing was changed. Try again in a moment,"
    " or tell whoever runs this house."
)
NO_MAIL = Text("This house sends no mail yet: nobody can be sent a code.")
TRIED = Text("Three wrong codes: this one is of no use any more. Ask for another one.")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class _Step:
    """A page of the way in: drawn as the other pages are, and it says when no mail can leave."""

    template = ""
    request: HttpRequest
    refused: Text | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do all of it, or nothing where the mail does not leave."""
        if not settings.MAILS:
            return self._refuse(NO_MAIL)
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        except NotSent:
            self._unmade()
            return self._refuse(LOST)

    def _unmade(self) -> None:
        """Take back what was made: no transaction waits for a mail server."""

    def _refuse(self, why: Text) -> HttpResponse:
        self.refused = why
        return self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]

    def render_to_response(self, context: dict[str, Any], **_more: Any) -> HttpResponse:
        """Draw the page."""
        wrong = self.refused is not None or bool(context["form"].errors)
        own = {"refused": self.refused, "mails": settings.MAILS, "oidc": _provider()}
        back = self.request.POST.get("next") or self.request.GET.get("next", "")
        values = {**context, **own, "next": back}
        return page(
            self.request,
            self.template,
            values,
            status=400 if wrong and self.request.method == "POST" else 200,
        )


class Enter(_Step, RequestLoginCodeView):  # type: ignore[misc]
    """Ask for the address; a code goes there."""

    template = "account/enter.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> Any:
        """Lead to the code that is on its way, unless another address is to be given."""
        if request.method == "POST" or "other" in request.GET:
            clear_login(request)
            return None
        return super()._redirect_to_pending_stage(request, stage)

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code: typed here, it proves the address, also of an account the team made."""
        person, email = form._user, form.cleaned_data["email"]  # noqa: SLF001 - where allauth keeps it
        if person is not None:
            first = {"primary": True, "verified": False}
            EmailAddress.objects.get_or_create(user=person, email=email, defaults=first)
        return super().form_valid(form)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why somebody is back here."""
        if "tried" in self.request.GET and self.request.method == "GET":
            self.refused = TRIED
        return super().get_context_data(**kwargs)  # type: ignore[no-any-return]


class _Coded(_Step):
    """A page that takes a code."""

    template = "account/code.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count a wrong code; after the last, lead back and say so."""
        answer = super().form_invalid(form)  # type: ignore[misc]
        if answer.status_code != HTTPStatus.FOUND:
            return answer  # type: ignore[no-any-return]
        return redirect(reverse("enter") + "?tried")


class Code(_Coded, ConfirmLoginCodeView):  # type: ignore[misc]
    """Take the code."""


class SignUp(_Step, SignupView):  # type: ignore[misc]
    """Make an account: a name and an address, which a code then proves."""

    template = "account/signup.html"
    user: Person | None = None

    def _unmade(self) -> None:
        if self.user is not None:
            self.user.delete()


class Verify(_Coded, ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """Take the code that proves the address of a new account."""


class Leave(LogoutView):  # type: ignore[misc]
    """Sign out: by the button, never by looking."""

    def render_to_response(self, context: dict[str, Any], **_more: Any) -> HttpResponse:
        """Draw the page with the button."""
        return page(self.request, "account/leave.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; only pressing it uses the link, for programs open links too."""
    if request.method != "POST":
        return page(request, "account/link.html", {"person": peek(token)})
    login(request, spend(token), backend=BACKEND)
    return redirect("me")


def asleep(request: HttpRequest) -> HttpResponse:
    """Say that an account was put to rest."""
    return page(request, "account/asleep.html", status=403)


def _provider() -> dict[str, str] | None:
    if not settings.OIDC:
        return None
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    found = providers["openid_connect"]["APPS"][0]
    where = reverse("openid_connect_login", args=[found["provider_id"]])
    return {"name": found["name"], "url": where}
