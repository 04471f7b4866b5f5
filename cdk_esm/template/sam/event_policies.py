"""What an event gives to the role that SAM makes for its function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cdk_esm.sources.sam_events import ALWAYS, NETWORK_ACTIONS, REGISTRY, SECRETS_KEY, EventFacts
from cdk_esm.template.sam.made import allow, is_function, record, sub
from cdk_esm.template.sam.policies import RolePolicies, aws_policy

_ACCESS: Final = "SourceAccessConfigurations"
_READ_SECRET: Final = ("secretsmanager:GetSecretValue",)
_REGISTRY_NAME: Final = "registry/"
_LAST_OF_ARN: Final = 5
_HERE: Final = "arn:${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}:%s"


def give_for_event(policies: RolePolicies, facts: EventFacts, written: Mapping[str, Any]) -> None:
    """Give a role what SAM lets it do for an event.

    Args:
        policies: what the role has; it gets more.
        facts: the type of the event.
        written: the event's properties.
    """
    if facts.managed_policy is not None:
        policies.attach(aws_policy(facts.managed_policy))
    access = written.get(_ACCESS)
    if access is not None and not isinstance(access, list) and (facts.credentials or facts.network):
        policies.hide(access)
    policies.give(list(_statements(facts, written)))
    _give_for_destination(policies, record(record(written.get("DestinationConfig")).get("OnFailure")))


def _statements(facts: EventFacts, written: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    access = written.get(_ACCESS)
    entries = [record(one) for one in access] if isinstance(access, list) else []
    for entry in entries:
        if entry.get("Type") in facts.credentials and entry.get("URI") is not None:
            yield allow(_READ_SECRET, entry["URI"])
    for action, end in facts.describes_all.items():
        yield allow((action,), sub(_HERE % ("rds", end)))
    if facts.describes and facts.source is not None:
        yield allow(facts.describes, written.get(facts.source))
    if facts.network == ALWAYS or any(entry.get("Type") == facts.network for entry in entries):
        yield allow(NETWORK_ACTIONS, "*")
    if written.get(SECRETS_KEY) is not None and facts.credentials:
        yield allow(("kms:Decrypt",), sub(_HERE % ("kms", "key/${Key}"), {"Key": written[SECRETS_KEY]}))
    yield from _for_registry(record(written.get(REGISTRY)))


def _for_registry(registry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a schema registry needs: its credentials, and the registry itself where it is in AWS Glue."""
    access = registry.get("AccessConfigs")
    for entry in map(record, access if isinstance(access, list) else ()):
        if entry.get("URI") is not None:
            yield allow(_READ_SECRET, entry["URI"])
    written = registry.get("SchemaRegistryURI")
    text = record(written).get("Fn::Sub") if is_function(written) else written
    # SAM cuts the text at its colons: one with pseudo parameters such as ${AWS::Region} in it gets nothing.
    parts = text.split(":") if isinstance(text, str) and text.startswith("arn") else []
    if len(parts) > _LAST_OF_ARN and parts[_LAST_OF_ARN].startswith(_REGISTRY_NAME):
        name = parts[_LAST_OF_ARN].removeprefix(_REGISTRY_NAME)
        yield allow(("glue:GetRegistry",), written)
        yield allow(("glue:GetSchemaVersion",), [sub(_HERE % ("glue", f"schema/{name}/*"))])


def _give_for_destination(policies: RolePolicies, on_failure: Mapping[str, Any]) -> None:
    """What an on-failure destination needs; SAM gives it only where its type is told."""
    kind, arn = on_failure.get("Type"), on_failure.get("Destination")
    if kind is not None:
        policies.give(list(for_destination(kind, arn)))


def for_destination(kind: object, arn: Any) -> Iterator[Mapping[str, Any]]:
    """The statements that SAM adds for a destination of a type, also for those of asynchronous invocations.

    Args:
        kind: the type, as SAM names it.
        arn: the destination.
    """
    if kind == "SQS":
        yield allow(("sqs:SendMessage",), arn)
    elif kind == "SNS":
        yield allow(("sns:Publish",), arn)
    elif kind in ("S3", "S3Bucket"):
        yield allow(("s3:PutObject",), {"Fn::Join": ["/", [arn, "*"]]})
        yield allow(("s3:ListBucket",), arn)
