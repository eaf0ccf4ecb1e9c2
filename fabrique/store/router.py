"""Which table lies where: the journal's own apart, so that no page holds up an answer."""

from __future__ import annotations

from typing import Any

JOURNAL = frozenset({"session", "participant", "entry"})


class Router:
    """Django's router over `default` and `journal`."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        """Give the database of `model`."""
        return self._home(model._meta.app_label, model._meta.model_name)  # noqa: SLF001 - Django's API

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        """Allow what one file can hold."""
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool:
        """Make each table in its own database only."""
        return db == self._home(app_label, model_name)

    def _home(self, app_label: str, model_name: str | None) -> str:
        ours = app_label == "store" and model_name in JOURNAL
        return "journal" if ours else "default"
