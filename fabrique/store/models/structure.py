"""A structure: a venue, a company, a local authority; a member through one named representative."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from fabrique.store.retention import Retention


def _export(row: Structure) -> dict[str, Any]:
    return {"name": row.name, "kind": row.kind, "territory": row.territory, "site": row.site}


def _erase(row: Structure) -> None:
    # A structure is nobody; who stands for it is.
    row.representative = None
    row.save(update_fields=["representative"])


class Structure(models.Model):
    """What people work in, and what may adhere in their stead."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=100, blank=True)
    territory = models.CharField(max_length=100, blank=True)
    site = models.URLField(blank=True)
    representative = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="represents"
    )

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    def __str__(self) -> str:
        return self.name
