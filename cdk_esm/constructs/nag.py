"""What cdk-nag asks for and a mapping cannot give, acknowledged on the one resource it concerns, with the reason.

Acknowledgements cost two calls to Node each, and only cdk-nag reads them. So they are noted while a bundle is made and
written when the app is synthesized, before any validation plugin runs, and only if cdk-nag has been imported.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

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
ON_ROLE_POLICY: Final = {
    "AwsSolutions::AwsSolutions-IAM5[Resource::*]": "X-Ray's PutTraceSegments and PutTelemetryRecords, and in a VPC "
    "the network interface actions of EC2, accept no narrower resource.",
}


@jsii.implements(IValidation)
class Settlement:
    """The acknowledgements of one app, written at the last moment."""

    def __init__(self) -> None:
        self._noted: list[tuple[IConstruct, Mapping[str, str]]] = []

    def note(self, construct: IConstruct, reasons: Mapping[str, str]) -> None:
        """Remember what is to be acknowledged on a construct."""
        self._noted.append((construct, reasons))

    def validate(self) -> list[str]:
        """Write what was noted; CDK calls this before it writes templates. There is never anything to complain of."""
        if "cdk_nag" in sys.modules:
            for construct, reasons in self._noted:
                construct.node.add_metadata(acknowledged_rules_key(), dict(reasons))
            self._noted.clear()
        return []
