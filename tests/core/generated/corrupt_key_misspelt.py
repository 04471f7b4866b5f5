"""The corruption of ESM117: a redrive policy whose count begins with a capital letter."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corruption import QUEUES, corrupts


@corrupts("ESM117", on=QUEUES)
def _a_count_with_a_capital(case: Case) -> bool:
    for resource in case.resources.values():
        policy = resource["Properties"].get("RedrivePolicy")
        if isinstance(policy, dict) and "maxReceiveCount" in policy:
            policy["MaxReceiveCount"] = policy.pop("maxReceiveCount")
            return True
    return False
