"""Actions of alarms that are surely never carried out: what is told of a topic, or of its key, that is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

SERVICE: Final = "cloudwatch.amazonaws.com"
PUBLISH: Final = "sns:Publish"
KEY_ACTIONS: Final = ("kms:Decrypt", "kms:GenerateDataKey*")


def topic_statement(action: object, topic: object, account: object) -> dict[str, Any]:
    """What lets the alarms of an account in at a topic, as IAM JSON."""
    return {
        "Effect": "Allow",
        "Principal": {"Service": SERVICE},
        "Action": action,
        "Resource": topic,
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }


def key_statement() -> dict[str, Any]:
    """What lets CloudWatch use the key of a topic, as IAM JSON.

    It has no condition: without an own policy the key opens nothing, while that of the topic decides who publishes.
    """
    return {"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": list(KEY_ACTIONS), "Resource": "*"}


@dataclass(frozen=True, kw_only=True)
class DeafAction:
    """An action of an alarm on a topic that does not let CloudWatch in, or that is in another Region.

    Args:
        alarm: the alarm, by its identity.
        place: the property of the alarm that names the topic, such as ``AlarmActions``.
        topic: the topic, by its identity.
        actions: what CloudWatch may not do there.
        policy: the policy that shuts it out, by its identity; absent if it is that of a key.
        key: the key whose policy shuts it out; absent if it is that of the topic.
        managed: AWS manages that key, so nobody can change its policy.
        statement: what lets CloudWatch in, as IAM JSON; empty if nothing does.
        regions: the Region of the alarm and that of the topic, if they are known and differ.
    """

    alarm: str
    place: str
    topic: str
    actions: tuple[str, ...]
    policy: str | None = None
    key: str | None = None
    managed: bool = False
    statement: dict[str, Any] = field(default_factory=dict)
    regions: tuple[str, str] | None = None
