"""The topics that alarms tell: their policies, and those of their keys, let CloudWatch in, written at the last moment.

SNS gives a topic a policy that lets the alarms of its account in. A first statement of ours would replace that policy,
and shut out whoever else it lets in. So a statement is added only where the app has replaced it already, which is known
for certain when everything has been made. A key has no such policy: it gets its statement in any case.
"""

from __future__ import annotations

import json
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import IConstruct, IValidation

from cdk_esm.constructs.intake.tokens import is_token, name_in_node
from cdk_esm.plan.deaf_alarms import PUBLISH, SERVICE, key_statement, topic_statement

_SID: Final = "AlarmsTellThisTopic"


@jsii.implements(IValidation)
class AlarmTopics:
    """The topics that the alarms of one app tell, and that are to let CloudWatch in."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str | None], tuple[IConstruct, Any]] = {}
        self._stacks: set[str] = set()
        self._keys: set[str] = set()

    def note(self, stack: cdk.Stack, account: object, topics: list[Any]) -> None:
        """Remember the topics that alarms of a stack tell.

        Args:
            stack: the stack of the alarms.
            account: its account, if that is known.
            topics: the topics.
        """
        known = account if isinstance(account, str) and not is_token(account) else None
        for topic in topics:
            self._noted.setdefault((name_in_node(topic), known), (stack, topic))
        if topics and name_in_node(stack) not in self._stacks:
            self._stacks.add(name_in_node(stack))
            stack.node.add_validation(self)

    def validate(self) -> list[str]:
        """Let CloudWatch in; CDK calls this before it writes templates. There is never anything to complain of."""
        if self._noted:
            roots = {name_in_node(root): root for root in (stack.node.root for stack, _ in self._noted.values())}
            policies = [one for root in roots.values() for one in root.node.find_all() if _is_policy(one)]
            for (_, account), (_, topic) in self._noted.items():
                for policy in policies:
                    _open_policy(policy, topic, account)
                self._open_key(topic)
            self._noted.clear()
        return []

    def _open_key(self, topic: Any) -> None:
        key = getattr(topic, "master_key", None)
        if key is None or name_in_node(key) in self._keys:
            return
        self._keys.add(name_in_node(key))
        statement = iam.PolicyStatement.from_json(key_statement())
        key.add_to_resource_policy(statement, True)  # noqa: FBT003 - jsii; an imported key takes none


def _is_policy(construct: IConstruct) -> bool:
    return isinstance(construct, sns.CfnTopicPolicy | sns.CfnTopicInlinePolicy)


def _open_policy(policy: Any, topic: Any, account: str | None) -> None:
    """Add the statement, if it is a policy of the topic, and says nothing of CloudWatch itself."""
    stack = cdk.Stack.of(policy)
    arn = stack.resolve(topic.topic_arn)
    named = stack.resolve(policy.topics if isinstance(policy, sns.CfnTopicPolicy) else [policy.topic_arn])
    document = policy.policy_document
    if arn not in (named if isinstance(named, list) else [named]) or SERVICE in json.dumps(stack.resolve(document)):
        return
    if isinstance(arn, dict) and "Ref" in arn and name_in_node(cdk.Stack.of(topic)) != name_in_node(stack):
        return  # a topic of another stack, such as the same stack in another stage, whose logical id is the same
    statement = {"Sid": _SID, **topic_statement(PUBLISH, topic.topic_arn, account or cdk.Aws.ACCOUNT_ID)}
    if isinstance(document, iam.PolicyDocument):
        document.add_statements(iam.PolicyStatement.from_json(statement))
    elif isinstance(document, dict) and isinstance(document.get("Statement"), list):
        policy.policy_document = {**document, "Statement": [*document["Statement"], statement]}
