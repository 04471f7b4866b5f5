"""The layers of the house: what ``tests/core/test_layers.py`` insists on, and the rows of the picture in the docs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAYERS: Final[tuple[tuple[str, ...], ...]] = (
    ("__main__",),
    ("cli", "constructs", "testing", "cfn_lint"),
    ("report", "diff"),
    ("judge",),
    ("simulator",),
    ("rules",),
    ("alarms", "filters", "template"),
    ("assets",),
    ("plan",),
    ("sources",),
    ("facts",),
    ("unknowable", "record_shape", "grants", "errors", "durations", "severity", "printed"),
)
"""The parts of the package from the top down: a module imports from the rows below its own, and from its own part."""

WINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "template": ("", "resources", "iam", "cloudformation", "sam"),
    "constructs": ("", "resources", "app", "intake"),
}
"""The folders of the two large parts, likewise; ``""`` is the top of the part, the modules that are in no folder."""

HUB: Final = "plan"
"""The part that everything else works on."""
