"""Every corruption: each module beside this one registers its own."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from tests.core.generated.corruption import CORRUPTIONS

_MODULES: Final = ("by_sheet", "mappings", "surroundings", "neighbours", "filters", "clusters", "access")
for _name in _MODULES:
    import_module(f"tests.core.generated.corrupt_{_name}")

EVERY_CORRUPTION: Final = tuple(CORRUPTIONS)
