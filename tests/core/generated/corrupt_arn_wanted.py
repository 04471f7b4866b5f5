"""The corruption of ESM116: a reference that gives a name, in the place of the ARN of the function's role."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corruption import EVERY, corrupts


@corrupts("ESM116", on=EVERY)
def _a_role_by_its_name(case: Case) -> bool:
    if "Role" not in case.resources:
        return False
    case.function["Role"] = {"Ref": "Role"}
    return True
