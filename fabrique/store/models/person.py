"""A person with an account: signs in by e-mail, has no user name."""

from __future__ import annotations

import uuid
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


def _export(person: Person) -> dict[str, Any]:
    return {"email": person.email, "name": person.name, "language": person.language}


def _erase(person: Person) -> None:
    person.delete()


class Person(AbstractBaseUser):
    """Somebody the association knows; what they do in a session is not tied to it by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """One account an address, whatever its case."""

        constraints = [models.UniqueConstraint(Lower("email"), name="person_email")]

    def __str__(self) -> str:
        return self.name or self.email
