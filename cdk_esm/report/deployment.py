"""What the role that deploys needs for the mappings of an app: as a policy, and as a list that says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.plan import Cluster, MappingPlan
from cdk_esm.printed import harmless
from cdk_esm.sources.deployment import ALWAYS, ANY, CONNECT, ENCRYPT, Deployed

SHOWN: Final = 3
"""Mappings that the list names before it counts them."""


@dataclass(frozen=True)
class DeployNeed:
    """What the deploying role needs, and for which mappings.

    Args:
        actions: the actions, by IAM's names.
        resource: the ARN, or the ARN pattern, that they are on.
        reason: what the deployment does with them.
        page: the page that says so.
        paths: the mappings that need it.
    """

    actions: tuple[str, ...]
    resource: str
    reason: str
    page: str
    paths: tuple[str, ...]


def needs_to_deploy(
    plans: Sequence[MappingPlan], *, partition: str = "aws", region: str = ANY, account: str = ANY
) -> list[DeployNeed]:
    """List what the role that deploys needs for mappings, the tags of mappings included.

    It is about the mappings alone: a new function also needs ``iam:PassRole`` on its role, and so on.

    Args:
        plans: the mappings, of ``read_assembly("cdk.out")`` or of constructs.
        partition: where ARNs begin: ``aws``, ``aws-cn`` or ``aws-us-gov``.
        region: the Region of the deployment. By default any.
        account: its account. By default any.

    Returns:
        The needs in their order; none if there are no mappings.
    """
    found: dict[tuple[Deployed, str], list[str]] = {}
    for plan in plans:
        for need, on in _needs(plan):
            resource = on.format(partition=partition, region=region, account=account)
            found.setdefault((need, resource), []).append(plan.path)
    return [
        DeployNeed(need.actions, resource, need.reason, need.page, tuple(sorted(set(paths))))
        for (need, resource), paths in sorted(found.items(), key=lambda one: (one[0][0].actions, one[0][1]))
    ]


def policy_to_deploy(needs: Iterable[DeployNeed]) -> dict[str, Any]:
    """Write needs as an IAM policy document."""
    statements = [{"Effect": "Allow", "Action": list(one.actions), "Resource": one.resource} for one in needs]
    return {"Version": "2012-10-17", "Statement": statements}


def told(needs: Sequence[DeployNeed]) -> str:
    """Write needs as a list for people: each action with its resource, and below them why, for whom, and the page."""
    lines = []
    for one in needs:
        lines += [f"{action}  on {one.resource}" for action in one.actions]
        more = f" and {len(one.paths) - SHOWN} more" if len(one.paths) > SHOWN else ""
        lines += [f"  because {one.reason}", f"  for {', '.join(one.paths[:SHOWN])}{more}", f"  see {one.page}"]
    return harmless("\n".join(lines))


def _needs(plan: MappingPlan) -> Iterable[tuple[Deployed, str]]:
    """What one mapping needs, each with the ARN pattern that it is on."""
    yield from ((need, need.on) for need in ALWAYS)
    key = plan.settings.get("KmsKeyArn")
    if key is not None or plan.filter_key is not None:
        named = [one for one in (key, plan.filter_key and plan.filter_key.identity) if _is_key_arn(one)]
        yield ENCRYPT, str(named[0]) if named else ANY
    source = plan.event_source
    if isinstance(source, Cluster) and isinstance(source.connection, str):
        yield CONNECT, CONNECT.on


def _is_key_arn(value: object) -> bool:
    """Whether a value is the ARN of a key, and no token for one."""
    return isinstance(value, str) and value.startswith("arn:") and ":key/" in value and "${" not in value
