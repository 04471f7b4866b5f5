"""S3 and Lambda as far as a replay asks them, in memory."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BUCKET = "shop-failures"
UUID = "11111111-2222-3333-4444-555555555555"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:count-clicks"


class AwsError(Exception):
    """An error as botocore raises it."""

    def __init__(self, code: str, *, status: int = 403) -> None:
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


class BrokenBody:
    """A body whose connection breaks off."""

    def read(self) -> bytes:
        raise OSError("the connection broke")


@dataclass
class FakeS3:
    """Objects by their keys, listed a few at a time."""

    objects: dict[str, bytes] = field(default_factory=dict)
    page: int = 2
    refusals: dict[str, Exception] = field(default_factory=dict)

    def list_objects_v2(self, **given: Any) -> Any:
        keys = sorted(key for key in self.objects if key.startswith(given["Prefix"]))
        begin = int(given.get("ContinuationToken", 0))
        shown, end = keys[begin : begin + self.page], begin + self.page
        page: dict[str, Any] = {"Contents": [{"Key": key, "Size": len(self.objects[key])} for key in shown]}
        return {**page, "IsTruncated": True, "NextContinuationToken": str(end)} if end < len(keys) else page

    def get_object(self, **given: Any) -> Any:
        if given["Key"] in self.refusals:
            raise self.refusals[given["Key"]]
        if given["Key"] not in self.objects:
            raise AwsError("NoSuchKey")
        return {"Body": io.BytesIO(self.objects[given["Key"]])}

    def delete_object(self, **given: Any) -> None:
        del self.objects[given["Key"]]


@dataclass
class FakeLambda:
    """A function with a handler in its place; each event that it got is kept."""

    handler: Callable[[Any], Any]
    events: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)

    def invoke(self, **given: Any) -> Any:
        if self.refusals:
            raise self.refusals.pop(0)
        self.names.append(given["FunctionName"])
        self.events.append(json.loads(given["Payload"]))
        try:
            answer = self.handler(self.events[-1])
        except ValueError as error:
            said = {"errorType": "ValueError", "errorMessage": str(error)}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(said).encode())}
        return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(answer).encode())}


def click(number: int) -> dict[str, Any]:
    return {"eventSource": "aws:kinesis", "kinesis": {"sequenceNumber": str(number), "data": "e30="}}


def change(number: int) -> dict[str, Any]:
    return {"eventSource": "aws:dynamodb", "dynamodb": {"SequenceNumber": str(number)}}


def document(event: Any, *, as_text: bool = True, function: str | None = FUNCTION) -> bytes:
    """An object's content; AWS writes the event as a text."""
    context = {"functionArn": function, "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 3}
    return json.dumps({"requestContext": context, "payload": json.dumps(event) if as_text else event}).encode()


def key(moment: str, *, mapping: str = UUID, lane: str = "shardId-000000000000", name: str = "one") -> str:
    """The key of an object, by the moment when Lambda gave up, such as ``2026-11-20T08.00.00``."""
    return f"aws/lambda/{mapping}/{lane}/{moment[:10].replace('-', '/')}/{moment}-{name}"
