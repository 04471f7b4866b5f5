"""SAM's words for what rules say in CloudFormation's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.plan import Wording

OF_THE_FUNCTION: Final[Mapping[str, str]] = {"DeadLetterConfig": "DeadLetterQueue"}
"""Properties of the function."""

OF_AN_EVENT: Final[Mapping[str, str]] = {"FunctionName": "AutoPublishAlias"}
"""Properties of the mapping that the function answers for."""

OF_A_MADE_ROLE: Final[Mapping[str, str]] = {"Role": "Policies"}
"""Where SAM makes the role, what it may do is written there."""

PHRASES: Final[Mapping[str, str]] = {
    "publish a version, and give it, or an alias of it, as FunctionName": "set AutoPublishAlias to a name",
    "to the DependsOn of the mapping (in CDK: mapping.node.add_dependency(policy))": "to the DependsOn of the function",
}
"""What is said of every mapping, to what a SAM user does."""

PHRASES_OF_A_MADE_ROLE: Final[Mapping[str, str]] = {
    "in a policy of the role or in that of the key": "under Policies of the function or in the policy of the key",
    "in a policy of the role": "under Policies of the function",
}
"""The same where SAM makes the role."""

PHRASES_OF_ITS_POLICIES: Final[Mapping[str, str]] = {
    "in your own policy on": "in a role of your own, which you name as its Role, on",
}
"""The same where the role has a policy from an event."""


def wording_of(event: str, settings: Mapping[str, str], managed_policy: str | None, *, has_own_role: bool) -> Wording:
    """The words of one event.

    Args:
        event: its name.
        settings: CloudFormation's names to the event's.
        managed_policy: the policy of AWS that it adds to a role that SAM makes.
        has_own_role: the role of the function is one that SAM makes.
    """
    phrases = dict(PHRASES)
    if has_own_role:
        phrases |= PHRASES_OF_A_MADE_ROLE
        phrases |= {
            f"alone, and take {managed_policy} away": f"alone: SAM adds {managed_policy} to the role that it makes"
        }
        phrases |= PHRASES_OF_ITS_POLICIES
    others = {**OF_THE_FUNCTION, **OF_AN_EVENT, **(OF_A_MADE_ROLE if has_own_role else {})}
    added = (managed_policy,) if has_own_role and managed_policy is not None else ()
    return Wording(f"Events.{event}.Properties", settings, others, phrases, added)


def wording_of_function(*, has_own_role: bool) -> Wording:
    """The words for a function of SAM, and for its role, where somebody wrote its mapping by hand.

    Args:
        has_own_role: the role of the function is one that SAM makes.
    """
    others = {**OF_THE_FUNCTION, **(OF_A_MADE_ROLE if has_own_role else {})}
    return Wording("", {}, others, PHRASES_OF_A_MADE_ROLE if has_own_role else {})
