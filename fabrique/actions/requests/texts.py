"""The texts that readers ask something about, and who answers for each."""

from __future__ import annotations

from django.urls import reverse
from msgspec import Struct

from fabrique.domain.resource import State
from fabrique.domain.text import Text
from fabrique.store.models import Mandate, Minutes, Person, Resource

Published = Minutes | Resource


class About(Struct, frozen=True):
    """What is told of a text: where it is read, where its requests are answered, and by whom."""

    asked: Text  # to who answers for it
    read: str  # a path
    desk: str  # a path
    writers: tuple[Person, ...]


def about(text: Published) -> About:
    """Tell it of minutes, or of a text that no session made."""
    return _of_minutes(text) if isinstance(text, Minutes) else _of_resource(text)


def _of_minutes(text: Minutes) -> About:
    rows = text.gathering.organisers.select_related("person") if text.gathering else ()
    group = tuple(one.person for one in rows)
    return About(
        Text("Somebody wrote about a text that you publish. It waits for your answer."),
        reverse("article", args=[text.slug]),
        reverse("minutes-requests", args=[text.pk]),
        group or tuple(one for one in (text.validated_by, text.begun_by) if one)[:1],
    )


def _of_resource(text: Resource) -> About:
    staff = Mandate.objects.filter(role="staff", until__isnull=True, person__is_active=True)
    public = text.state == State.PUBLISHED
    return About(
        Text("Somebody wrote about a text of the library. It waits for the answer of the team."),
        reverse("resource", args=[text.slug]) if public else reverse("library"),
        f"{reverse('team-resources')}#asked",
        tuple(one.person for one in staff.select_related("person")),
    )
