"""Every kind of change that ``cdk-esm diff`` tells: its severity, why it matters, what to do about it, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.diff.changes import Kind
from cdk_esm.diff.kinds import live, mappings, neighbors, settings

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for module in (mappings, settings, neighbors, live)
    for kind in vars(module).values()
    if isinstance(kind, Kind)
}
"""Name to kind, in the order of the docs."""
