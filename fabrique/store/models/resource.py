"""A text of the library that no session made: an article, a study, a resource, a tool."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import FORMS, Kind, State
from fabrique.domain.tier import Tier
from fabrique.store.models.series import Series
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Theme(models.Model):
    """What texts of the library are about; written once, whatever its case and accents."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=80)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """By title."""

        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


def _export(row: Resource) -> dict[str, Any]:
    own = {"title": row.title, "summary": row.summary, "body": row.body}
    return {**own, "state": row.state, "word": row.word, "created_at": row.created_at.isoformat()}


def _erase(row: Resource) -> None:
    # What was published stays, without them; what nobody else has read goes with them.
    if row.state in (State.PUBLISHED, State.WITHDRAWN):
        row.submitter = row.decided_by = None
        row.proposed = {}
        row.save(update_fields=["submitter", "decided_by", "proposed"])
        row.files.filter(public=False).delete()
    else:
        row.delete()


def _find(person: Any) -> Q:
    return Q(submitter=person.pk)


def _among(name: str, values: tuple[str, ...]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{name}__in": values}), name=f"resource_{name}")


class Resource(models.Model):
    """What its readers see is in its own columns; `proposed` is what its author wants it to say.

    Only what is published has a proposal beside it: it waits for the team, and the text that is
    published stays readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, default=Kind.RESOURCE.value)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)  # a few sentences, without marks
    body = models.TextField(blank=True)  # Markdown
    language = models.CharField(max_length=5, default="fr")
    format = models.CharField(max_length=20, default="text")
    published_on = models.DateField(null=True, blank=True)  # its own date, long past for some
    audience = models.CharField(max_length=20, default=Tier.ADHERENT.value)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    licence = models.CharField(max_length=20, blank=True)  # `domain/licence.py`; "": reserved
    link = models.URLField(max_length=500, blank=True)  # where it is, if it is elsewhere
    themes = models.ManyToManyField(Theme, related_name="resources", blank=True)
    gathering = models.ForeignKey(
        "store.Gathering",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="resources",
    )
    series = models.ForeignKey(
        "store.Series", null=True, blank=True, on_delete=models.SET_NULL, related_name="resources"
    )
    # Where it was taken in from: the import, what it was there, its address there.
    origin_batch = models.CharField(max_length=40, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    origin_address = models.CharField(max_length=500, blank=True)
    submitter = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="resources"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    proposed = models.JSONField(default=dict, blank=True)  # by field, and `at`; {}: nothing waits
    word = models.TextField(blank=True)  # what the team said of it to its author
    decided_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)  # when what its readers see changed

    retention: ClassVar[Retention] = Retention(_export, _erase, _find)

    class Meta:
        """Kinds, states and terms are those of the rules; what was taken in is in once."""

        constraints = [
            _among("kind", tuple(Kind)),
            _among("state", tuple(State)),
            _among("audience", tuple(Tier)),
            _among("licence", tuple(LICENCES)),
            _among("format", tuple(FORMS)),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False),
                name="resource_dated",
            ),
            models.UniqueConstraint(
                fields=["origin_id"], condition=~Q(origin_id=""), name="resource_origin_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="resource_state_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def of_series(self) -> Series | None:
        """Give the series of its gathering, else its own."""
        return (self.gathering.series if self.gathering else None) or self.series


def _export_author(row: ResourceAuthor) -> dict[str, Any]:
    return {"resource": row.resource.title, "name": row.name, "agreed": row.agreed}


def _erase_author(row: ResourceAuthor) -> None:
    row.delete()


class ResourceAuthor(models.Model):
    """Who wrote it: somebody of the house, named once they agreed; or a name as text."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="authors")
    rank = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="authored"
    )
    agreed = models.BooleanField(default=False)  # to be named here
    name = models.CharField(max_length=200, blank=True)  # of who has no account

    retention: ClassVar[Retention] = Retention(_export_author, _erase_author)

    class Meta:
        """A person or a name; each person once."""

        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person__isnull=True) & ~Q(name=""),
                name="resource_author_one",
            ),
            models.UniqueConstraint(fields=["resource", "person"], name="resource_author_once"),
        ]
        ordering = ("rank", "id")

    def __str__(self) -> str:
        return self.person.named if self.person else self.name


class ResourceFile(models.Model):
    """A file that goes with it; its bytes lie in the data folder under their sum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)  # under which it is saved, without its ending
    kind = models.CharField(max_length=10)  # its ending, as its content says: "pdf", "odt"…
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    public = models.BooleanField(default=False)  # among what its readers see
    rank = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """In order."""

        ordering = ("rank", "added_at")

    def __str__(self) -> str:
        return f"{self.title}.{self.kind}"


class Redirect(models.Model):
    """Where a text was before it came here: who follows an old link is led to it."""

    old_path = models.CharField(max_length=500, unique=True)  # "/2019/05/le-billet/"
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="redirects")

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.old_path
