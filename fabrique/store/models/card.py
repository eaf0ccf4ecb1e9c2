"""What one tier may see of a person, and nothing else: what lists and searches read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from fabrique.store.retention import Retention


def _export(row: Card) -> dict[str, Any]:
    return {"tier": row.tier, "name": row.name, "trade": row.trade, "territory": row.territory}


def _erase(row: Card) -> None:
    row.delete()


class Card(models.Model):
    """Made again from the person at each change: what is hidden is not even in the row."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="cards")
    tier = models.CharField(max_length=20)  # of whoever looks
    name = models.CharField(max_length=200)
    order = models.CharField(max_length=200)  # the name as lists sort it
    structure = models.ForeignKey(
        "store.Structure", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    trade = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=100, blank=True)
    territory = models.CharField(max_length=100, blank=True)
    photo = models.CharField(max_length=100, blank=True)
    trade_key = models.CharField(max_length=200, blank=True)  # folded, as filters compare
    territory_key = models.CharField(max_length=200, blank=True)
    words = models.TextField()  # all that is shown, folded, as searches read it

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """One a tier; read in the order of names."""

        constraints = [models.UniqueConstraint(fields=["person", "tier"], name="card_once")]
        indexes = [
            models.Index(fields=["tier", "order", "person"], name="card_order"),
            # Whole: what filters offer, and what they choose, is read here without the rows.
            models.Index(fields=["tier", "trade_key", "trade"], name="card_trade"),
            models.Index(fields=["tier", "territory_key", "territory"], name="card_territory"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.tier}"
