"""Whether the filters of a mapping let the records through that its handler is there for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Record, simulate


def is_known(plan: MappingPlan) -> bool:
    """Whether the filters can be read."""
    filters = plan.filters
    return not isinstance(filters, Unknowable) and not any(isinstance(one, Unknowable) for one in filters)


def filtered(plan: MappingPlan, good: Sequence[Any], assume: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """What filters do to records that a handler processes: which batch, what happens, the consequence and the fix.

    Args:
        plan: the mapping.
        good: what the records hold.
        assume: what holds for values that an import hides.
    """
    if not plan.filters or not is_known(plan):
        return
    records = [Record(one, group="a", key="k") for one in good]
    trace = simulate(plan, lambda _event, _context: None, records, assume=assume, until=1000)
    lost = [one.id for one in trace.records if one.end == "filtered"]
    if lost:
        yield (
            "good records",
            f"no filter of the mapping matches {', '.join(lost)}",
            f"the service {plan.facts.unmatched}, and the handler never gets it",
            "write the filter for what a record holds: a pattern for JSON matches no plain text",
        )
