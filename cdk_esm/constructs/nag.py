"""What cdk-nag asks for and a mapping cannot give, acknowledged on the one resource it concerns, with the reason.

Acknowledgements cost two calls to Node each, and only cdk-nag reads them. So they are noted while a bundle is made and
written when the app is synthesized, before any validation plugin runs, and only if cdk-nag has been imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Final

import aws_cdk as cdk
import jsii
from constructs import IConstruct, IValidation

from cdk_esm.constructs.constants import acknowledged_rules_key

ON_FUNCTION: Final = {
    "Serverless::Serverless-LambdaDLQ": "An event source mapping invokes synchronously: a function's own dead-letter "
    "queue serves asynchronous invocation only and would stay empty.",
}
ON_SQS_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Lambda refuses an on-failure destination on an "
    "SQS mapping: the queue's redrive policy moves failed messages to the dead-letter queue.",
}
ON_DEAD_LETTER_QUEUE: Final = {
    "Serverless::Serverless-SQSRedrivePolicy": "This queue is itself the dead-letter queue: people empty it, and a "
    "further queue behind it would hide messages from them.",
}
ON_FAILURE_QUEUE: Final = {
    "AwsSolutions::AwsSolutions-SQS3": "This queue gets what a mapping could not process: people empty it, and a "
    "further queue behind it would hide messages from them.",
}
ON_FAILURE_BUCKET: Final = {
    "AwsSolutions::AwsSolutions-S1": "Only Lambda writes here, and CloudTrail tells who reads: access logs would want "
    "a further bucket in every stack. Pass a bucket of your own to OnFailure.bucket() where logs are required.",
}
ON_DISCARDING_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Failed records are given up on purpose: the reason "
    "stands in the mapping's metadata.",
}
ON_ROLE_POLICY: Final = {
    "AwsSolutions::AwsSolutions-IAM5[Resource::*]": "X-Ray's PutTraceSegments and PutTelemetryRecords, and in a VPC "
    "the network interface actions of EC2, accept no narrower resource.",
}


_WILDCARD: Final = "AwsSolutions::AwsSolutions-IAM5[Resource::{}]"
WHY_WILDCARDS: Final = (
    "The objects that Lambda writes for failed records, and the streams that a table has had, get their names after "
    "the policy is made: the wildcard covers them alone."
)


@jsii.implements(IValidation)
class Settlement:
    """The acknowledgements of one app, written at the last moment."""

    def __init__(self) -> None:
        self._noted: list[tuple[IConstruct, Mapping[str, str]]] = []
        self._wildcards: list[tuple[IConstruct, cdk.Stack, str]] = []

    def note(self, construct: IConstruct, reasons: Mapping[str, str]) -> None:
        """Remember what is to be acknowledged on a construct."""
        self._noted.append((construct, reasons))

    def note_wildcard(self, policy: IConstruct, stack: cdk.Stack, resource: str) -> None:
        """Remember a resource with a wildcard, whose name in cdk-nag's words is known only at the end."""
        self._wildcards.append((policy, stack, resource))

    def validate(self) -> list[str]:
        """Write what was noted; CDK calls this before it writes templates. There is never anything to complain of."""
        if "cdk_nag" in sys.modules:
            for construct, reasons in self._noted:
                construct.node.add_metadata(acknowledged_rules_key(), dict(reasons))
            for policy, stack, resource in self._wildcards:
                rule = _WILDCARD.format(flattened(stack.resolve(resource)))
                policy.node.add_metadata(acknowledged_rules_key(), {rule: WHY_WILDCARDS})
            self._noted.clear()
            self._wildcards.clear()
        return []


def flattened(value: Any) -> str:
    """A resolved value as cdk-nag writes it: ``<Logical.Attribute>`` for what CloudFormation fills in."""
    if isinstance(value, str):
        return value.replace("${", "<").replace("}", ">")
    match value:
        case {"Fn::Join": [delimiter, parts]}:
            return str(delimiter).join(flattened(part) for part in parts)
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"<{flattened(resource)}.{flattened(attribute)}>"
        case {"Fn::Sub": inner} | {"Fn::ImportValue": inner}:
            return flattened(inner)
        case {"Ref": name}:
            return f"<{name}>"
    return json.dumps(value, separators=(",", ":"))
