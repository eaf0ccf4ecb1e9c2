"""A person with an account: signs in by e-mail, has no user name."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from fabrique.store.retention import Retention


class People(BaseUserManager["Person"]):
    """Persons by e-mail, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password they sign in by a code sent by e-mail."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> Person:
        """Find by e-mail; raise `Person.DoesNotExist`."""
        return self.get(email=(email or "").strip().lower())


# What a person says of themselves, each shown to nobody until they choose to whom.
PROFILE = (
    "trade",
    "level",
    "territory",
    "interests",
    "brings",
    "seeks",
    "about",
    "photo",
    "banner",
)


def _export(person: Person) -> dict[str, Any]:
    own = {name: getattr(person, name) for name in PROFILE}
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "structure": person.structure.name if person.structure else "",
        **own,
        "shown": person.shown,
        "profile_at": _said(person.profile_at),
        "created_at": _said(person.created_at),
        "last_login": _said(person.last_login),
    }


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _find(person: Person) -> models.Q:
    return models.Q(pk=person.pk)


def _erase(person: Person) -> None:
    person.delete()


class Person(AbstractBaseUser):
    """Somebody the association knows; what they do in a session is not tied to it by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="fr")
    structure = models.ForeignKey(
        "store.Structure", null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    trade = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=100, blank=True)  # seniority
    territory = models.CharField(max_length=100, blank=True)
    interests = models.TextField(blank=True)
    brings = models.TextField(blank=True)
    seeks = models.TextField(blank=True)
    about = models.TextField(blank=True)
    photo = models.CharField(max_length=100, blank=True)  # names in the media folder
    banner = models.CharField(max_length=100, blank=True)
    shown = models.JSONField(default=dict)  # field → audience; what is not in it is hidden
    profile_at = models.DateTimeField(null=True, blank=True)  # last updated by themselves
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase, find=_find)

    class Meta:
        """One account an address, whatever its case."""

        constraints = [models.UniqueConstraint(Lower("email"), name="person_email")]

    def __str__(self) -> str:
        return self.named

    @property
    def named(self) -> str:
        """Give the name, or the address of whoever has given none."""
        return self.name or self.email
