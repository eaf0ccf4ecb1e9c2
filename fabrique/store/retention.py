"""What is personal, how it is given to the person it is about, and how it is erased.

Every model of the house says it by its `retention`; a test fails on one that does not. The rows
about a person are found by every key to them and every column of e-mail addresses, so that a new
model needs nothing else; `find` says it otherwise where a key is not about whom it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q


class Retention(NamedTuple):
    """`export(row)` gives plain values for the person; `erase(row)` takes the personal ones out."""

    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]
    find: Callable[[Any], Q] | None = None


def _nothing(_row: Any) -> dict[str, Any]:
    return {}


def _keep(_row: Any) -> None:
    return None


def _delete(row: Any) -> None:
    row.delete()


def _address(row: Any) -> dict[str, Any]:
    return {"email": row.email, "verified": row.verified}


def _elsewhere(row: Any) -> dict[str, Any]:
    return {"provider": row.provider, "uid": row.uid, "data": row.extra_data}


NOTHING_PERSONAL = Retention(export=_nothing, erase=_keep)
# Tables that came with a library: how people sign in.
FOREIGN = {
    "account.EmailAddress": Retention(export=_address, erase=_delete),
    "socialaccount.SocialAccount": Retention(export=_elsewhere, erase=_delete),
}
Model = type[models.Model]


def retention_of(model: Model) -> Retention | None:
    """Give what a model says of itself, or what is said here of a library's."""
    own = model.__dict__.get("retention")
    return own if isinstance(own, Retention) else FOREIGN.get(model._meta.label)  # noqa: SLF001 - Django's API


def keys(model: Model) -> list[str]:
    """Name the columns by which rows of a model can be about a person: keys, addresses."""
    person = apps.get_model("store", "Person")
    return [
        field.name
        for field in model._meta.get_fields()  # noqa: SLF001 - Django's API
        if getattr(field, "column", None)
        and (isinstance(field, models.EmailField) or field.related_model is person)
    ]


def about(model: Model, person: Any) -> Q | None:
    """Say which rows of a model are about a person; None where none can be."""
    said = retention_of(model)
    if said is None:
        return None
    if said.find is not None:
        return said.find(person)
    found = Q()
    for name in keys(model):
        field = model._meta.get_field(name)  # noqa: SLF001 - Django's API
        is_address = isinstance(field, models.EmailField)
        found |= Q(**{f"{name}__iexact": person.email}) if is_address else Q(**{name: person.pk})
    return found or None


def personal() -> Iterator[Model]:
    """Give every model whose rows can be about somebody, persons themselves last."""
    found = [one for one in apps.get_models() if retention_of(one) and _may_be_about(one)]
    yield from sorted(found, key=lambda one: (one._meta.model_name == "person", one._meta.label))  # noqa: SLF001


def uncovered() -> list[str]:
    """Name the models that lead to a person, or hold an address, and say nothing of it."""
    return [
        model._meta.label  # noqa: SLF001 - Django's API
        for model in apps.get_models()
        if keys(model) and retention_of(model) in (None, NOTHING_PERSONAL)
    ]


def _may_be_about(model: Model) -> bool:
    said = retention_of(model)
    return said is not NOTHING_PERSONAL and said is not None and bool(said.find or keys(model))
