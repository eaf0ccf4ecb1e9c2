"""How people sign in, as django-allauth asks us: where they go next, how the mail leaves."""

from __future__ import annotations

import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fabrique.store.models import Person


class NotSent(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The mail with the code could not leave this house."""


def is_here(url: str) -> bool:
    """Say whether an address is a page of this very house: a path, never another host."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, None)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Codes by mail, pages of this house only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Take new people where the code can reach them."""
        return settings.MAILS

    def is_safe_url(self, url: str | None) -> bool:
        """Lead to pages of this house only."""
        return is_here(url or "")

    def get_from_email(self) -> str:
        """Write as the house does."""
        return settings.MAIL_FROM

    def send_account_already_exists_mail(self, email: str) -> None:
        """Lead to signing in."""
        self.send_mail("account/email/account_already_exists", email, {})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say that it could not be."""
        here = {
            "enter_url": settings.PUBLIC_URL + reverse("enter"),
            "signup_url": settings.PUBLIC_URL + reverse("account_signup"),
        }
        try:
            super().send_mail(template_prefix, email, {**context, **here})
        except (smtplib.SMTPException, OSError):
            raise NotSent from None


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the provider that this house trusts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Take whoever the provider knows."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Take an address that the provider has verified as proved, for an account of ours too."""
        from allauth.account.models import EmailAddress  # noqa: PLC0415 - it asks for this adapter

        for one in sociallogin.email_addresses:
            person = Person.objects.filter(email=one.email.lower()).first()
            if one.verified and person is not None:
                EmailAddress.objects.update_or_create(
                    user=person, email=person.email, defaults={"verified": True, "primary": True}
                )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Keep the name that the provider gives."""
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        whole = data.get("name") or " ".join(filter(None, parts))
        user.name = " ".join(str(whole or "").split())[:200]
        return user


class Named(forms.Form):
    """What is asked besides the address when an account is made."""

    name = forms.CharField(label=_("Your name"), max_length=200)

    def clean_name(self) -> str:
        """Keep a name of one line."""
        return " ".join(self.cleaned_data["name"].split())

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Give the new account its name, and its language."""
        user.name = self.cleaned_data.get("name", "")
        user.language = "en" if get_language() == "en" else "fr"
        user.save(update_fields=["name", "language"])
