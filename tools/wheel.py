"""Hatch calls this, so that nothing is packed without its browser code and catalogs."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's parameter is its own.
    """Build before packing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run the build; an editable install is built by bin/."""
        del build_data
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root)))
        from tools.build import build  # noqa: PLC0415 (found only once the root is on the path)

        build()
