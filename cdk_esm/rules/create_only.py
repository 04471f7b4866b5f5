"""What a fix says of a mapping that is deployed, if it changes a setting which a mapping is made with, and keeps."""

from __future__ import annotations

import re
from typing import Final

from cdk_esm.plan import Door, MappingPlan
from cdk_esm.sources import NO_SOURCE

_TWO_STEPS: Final = "acknowledge this, or take the mapping out, deploy, and add it again"
AS_DEPLOYED: Final = (
    "a mapping that is deployed must not be changed so, because Lambda refuses the second mapping that CloudFormation "
    f"makes for it: {_TWO_STEPS}"
)
AS_FIXED: Final = (
    "a mapping that is deployed must not be changed so, because Lambda changes it in no update, and CloudFormation "
    f"makes no new mapping for it: {_TWO_STEPS}"
)
_THE_SOURCE: Final = ("EventSourceArn", "SelfManagedEventSource")
"""Another source is another mapping, which Lambda takes beside the old one."""


def as_deployed(plan: MappingPlan, setting: str, fix: str) -> str:
    """What to add to a fix that changes a setting which a deployed mapping keeps; nothing for any other.

    Args:
        plan: the mapping.
        setting: what the finding is about, by CloudFormation's name.
        fix: the fix, which changes the setting if it names it.
    """
    fact = plan.facts.by_name.get(setting) if plan.source not in ("", NO_SOURCE.kind) else None
    if fact is None or setting.startswith(_THE_SOURCE) or not re.search(rf"\b{re.escape(plan.say(fact))}\b", fix):
        return ""
    if fact.create_only:
        return f"; {AS_DEPLOYED}"
    if plan.door == Door.CONSTRUCT and setting in plan.facts.id_holds:
        return ""  # our constructs make a new mapping for it
    return f"; {AS_FIXED}" if fact.fixed or fact.fixed_is_reported else ""
