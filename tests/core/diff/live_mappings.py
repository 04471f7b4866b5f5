"""Mappings as Lambda lists them, for the tests of `cdk-esm diff --live`."""

from typing import Any

from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.inputs import sides_of
from cdk_esm.diff.result import Difference, compare
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from tests.core.diff.diff_templates import Template

ACCOUNT = "111122223333"
QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:Shop-Queue-Xq3VhJ2LmN0p"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:Shop-Function-aB3dE5fG7hJ9"
STREAM = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/Shop-Stream-Xq3VhJ2LmN0p"


def live(**body: Any) -> dict[str, Any]:
    """What Lambda says of the mapping of a queue with nothing wrong with it."""
    return {
        "UUID": "11111111-aaaa",
        "EventSourceArn": QUEUE,
        "FunctionArn": FUNCTION,
        "BatchSize": 10,
        "MaximumBatchingWindowInSeconds": 0,
        "State": "Enabled",
        "StateTransitionReason": "USER_INITIATED",
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        **body,
    }


def live_stream(**body: Any) -> dict[str, Any]:
    """What Lambda says of the mapping of a stream with nothing wrong with it."""
    fields = live(
        EventSourceArn=STREAM,
        BatchSize=100,
        FunctionResponseTypes=[],
        StartingPosition="TRIM_HORIZON",
        ParallelizationFactor=1,
        DestinationConfig={"OnFailure": {}},
        MaximumRecordAgeInSeconds=-1,
        MaximumRetryAttempts=-1,
        TumblingWindowInSeconds=0,
        BisectBatchOnFunctionError=False,
        LastProcessingResult="OK",
        StateTransitionReason="User action",
    )
    return {**fields, **body}


def look(document: Template, *bodies: dict[str, Any], stack_name: str | None = "Shop") -> Difference:
    """Compare a template with itself, and with what is deployed."""
    old, new = ([Assembly([Stack(name="Shop", document=document, stack_name=stack_name)])] for _ in range(2))
    return compare(*sides_of(old, new), deployed=[Deployed(body["UUID"], "live.json", body) for body in bodies])


def told(found: Difference) -> list[tuple[str, str, str]]:
    return [(change.kind.name, str(change.severity), change.message) for change in found.changes]
