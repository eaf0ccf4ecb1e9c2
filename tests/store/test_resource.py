"""Texts of the library in the database: what it refuses by itself, what being forgotten leaves."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fabrique.actions.forget import forget
from fabrique.store.models import Comment, Rating, Resource, ResourceAuthor
from tests.store.made import person


def resource(**fields):
    made = {"slug": f"r-{uuid.uuid4().hex[:8]}", "title": "Kit", **fields}
    return Resource.objects.create(**made)


def published(**fields):
    return resource(state="published", published_on=timezone.localdate(), **fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "poem"},
        {"state": "lost"},
        {"audience": "world"},
        {"licence": "MIT"},
        {"format": "vinyl"},
        {"state": "published"},  # without a date
    ],
)
def test_a_row_that_the_rules_do_not_know_is_refused(wrong):
    with transaction.atomic(), pytest.raises(IntegrityError):
        resource(**wrong)


def test_what_was_taken_in_is_in_once_and_what_was_not_has_no_origin():
    origin = f"https://old.example.org/?p={uuid.uuid4().hex}"
    resource(origin_id=origin)
    resource()
    with transaction.atomic(), pytest.raises(IntegrityError):
        resource(origin_id=origin)


def test_an_author_is_a_person_or_a_name():
    made, zoe = resource(), person()
    ResourceAuthor.objects.create(resource=made, person=zoe)
    ResourceAuthor.objects.create(resource=made, name="Collectif")
    for wrong in ({}, {"person": person(), "name": "Les deux"}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            ResourceAuthor.objects.create(resource=made, **wrong)


def test_forgetting_leaves_what_was_published_and_takes_what_was_not():
    zoe, ana = person("Zoé"), person("Ana")
    out, draft = published(submitter=zoe), resource(submitter=zoe)
    theirs = resource(submitter=ana, state="refused", decided_by=zoe)
    ResourceAuthor.objects.create(resource=out, person=zoe, agreed=True)
    Rating.objects.create(resource=out, person=zoe, stars=4)
    Comment.objects.create(resource=out, person=zoe, body="Très utile.")
    forget(zoe, timezone.now())
    out.refresh_from_db()
    theirs.refresh_from_db()
    assert (out.submitter, theirs.submitter, theirs.decided_by) == (None, ana, None)
    assert not Resource.objects.filter(pk=draft.pk).exists()
    assert not any(one.exists() for one in (out.authors, out.ratings, out.comments))
