"""One file adds one kind: the file name is the kind, its `KIND` is what the house uses."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any


@cache
def discover(package: str) -> dict[str, Any]:
    """Map file name to `KIND` for every module of `package` that has one, in order of name.

    A name that begins with an underscore is a helper of its family, not a kind.
    """
    folder = importlib.import_module(package)
    found = (module.name for module in pkgutil.iter_modules(folder.__path__))
    names = sorted(name for name in found if not name.startswith("_"))
    modules = {name: importlib.import_module(f"{package}.{name}") for name in names}
    return {name: module.KIND for name, module in modules.items() if hasattr(module, "KIND")}
