"""Every corruption: each module ``corrupt_*.py`` beside this one registers its own, and is found by being there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from tests.core.generated.corruption import CORRUPTIONS

for _file in sorted(Path(__file__).parent.glob("corrupt_*.py")):
    import_module(f"{__package__}.{_file.stem}")

EVERY_CORRUPTION: Final = tuple(CORRUPTIONS)
