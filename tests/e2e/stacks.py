"""Stacks that are deployed, and their mappings, each with the names of what its template ties to it.

Names come from the template and from the service, never from a test: ``Stack`` says what a value of the template has
become, and ``Mapped`` follows the references of a mapping. ``Mapped.invoke`` invokes its function with any event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.e2e.server import ACCOUNT, REGION, Server

_MAPPING: Final = "AWS::Lambda::EventSourceMapping"


@dataclass(frozen=True)
class Stack:
    """A stack that is deployed: its template, and the physical id of each of its resources."""

    server: Server
    name: str
    template: Mapping[str, Any]
    physical: Mapping[str, str]

    @property
    def mappings(self) -> list[Mapped]:
        """Its mappings, in the order of the template."""
        resources = self.template["Resources"].items()
        return [Mapped(self, logical_id) for logical_id, one in resources if one["Type"] == _MAPPING]

    def mapping(self, construct_id: str) -> Mapped:
        """The mapping of a bundle that is directly in the stack."""
        [found] = [one for one in self.mappings if re.fullmatch(f"{construct_id}[0-9A-F]{{8}}", one.logical_id)]
        return found

    def of(self, value: Any) -> Any:  # noqa: PLR0911 - a table
        """What a value of the template has become, if it is literal or refers to a resource or to this account.

        The ARN of a resource is made from its physical id, as the services make it.
        """
        match value:
            case {"Ref": "AWS::Region"}:
                return REGION
            case {"Ref": "AWS::AccountId"}:
                return ACCOUNT
            case {"Ref": "AWS::Partition"}:
                return "aws"
            case {"Ref": str(logical_id)}:
                return self.physical[logical_id]
            case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
                return self._attribute(logical_id, attribute)
            case {"Fn::Join": [str(separator), list(parts)]}:
                return separator.join(self.of(part) for part in parts)
            case {"Fn::Sub": str(text)}:
                return of_this_account(text)
            case dict():
                return {name: self.of(one) for name, one in value.items()}
            case list():
                return [self.of(one) for one in value]
        return value

    def _attribute(self, logical_id: str, attribute: str) -> str:  # noqa: PLR0911 - likewise
        name, kind = self.physical[logical_id], self.template["Resources"][logical_id]["Type"]
        where = f"{REGION}:{ACCOUNT}"
        match kind, attribute:
            case "AWS::SQS::Queue", "Arn":
                return f"arn:aws:sqs:{where}:{name.rsplit('/', 1)[-1]}"
            case "AWS::SQS::Queue", "QueueName":
                return name.rsplit("/", 1)[-1]
            case "AWS::Kinesis::Stream", "Arn":
                return f"arn:aws:kinesis:{where}:stream/{name}"
            case "AWS::DynamoDB::GlobalTable", "Arn":
                return f"arn:aws:dynamodb:{where}:table/{name}"
            case "AWS::DynamoDB::GlobalTable", "StreamArn":
                table = self.server.client("dynamodb").describe_table(TableName=name)["Table"]
                return str(table["LatestStreamArn"])
            case "AWS::Lambda::Function", "Arn":
                return f"arn:aws:lambda:{where}:function:{name}"
            case "AWS::IAM::Role", "Arn":
                return f"arn:aws:iam::{ACCOUNT}:role/{name}"
            case "AWS::S3::Bucket", "Arn":
                return f"arn:aws:s3:::{name}"
            case "AWS::Logs::LogGroup", "Arn":
                return f"arn:aws:logs:{where}:log-group:{name}:*"
        raise NotImplementedError(f"{attribute} of {kind}")


@dataclass(frozen=True)
class Mapped:
    """A mapping of a deployed stack, with the names of what its template ties to it."""

    stack: Stack
    logical_id: str

    @property
    def properties(self) -> dict[str, Any]:
        """Its properties in the template."""
        properties: dict[str, Any] = self.stack.template["Resources"][self.logical_id]["Properties"]
        return properties

    @property
    def uuid(self) -> str:
        """The id that the service gave it."""
        return self.stack.physical[self.logical_id]

    @property
    def source_arn(self) -> str:
        """What it reads."""
        return str(self.stack.of(self.properties["EventSourceArn"]))

    @property
    def source(self) -> str:
        """The physical id of what it reads: the URL of a queue, the name of a stream or of a table."""
        return self.stack.physical[self.properties["EventSourceArn"]["Fn::GetAtt"][0]]

    @property
    def dead_letters(self) -> str | None:
        """The URL of its queue's dead-letter queue, as its template names it."""
        queue = self.stack.template["Resources"][self.properties["EventSourceArn"]["Fn::GetAtt"][0]]
        policy = queue.get("Properties", {}).get("RedrivePolicy")
        return policy and self.stack.physical[policy["deadLetterTargetArn"]["Fn::GetAtt"][0]]

    @property
    def function(self) -> str:
        """The name of its function."""
        return self.stack.physical[self._function_id]

    @property
    def role_arn(self) -> str:
        """The execution role of its function."""
        return str(self.stack.of(self._function["Role"]))

    @property
    def log_group(self) -> str:
        """Where its function writes."""
        return str(self.stack.of(self._function["LoggingConfig"]["LogGroup"]))

    def environment(self, name: str) -> str:
        """What a variable of the function's environment holds."""
        return str(self.stack.of(self._function["Environment"]["Variables"][name]))

    def invoke(self, event: Any) -> Any:
        """Invoke the function with an event, wait, and return its answer.

        Raises:
            InvocationError: the function raised.
        """
        answer = self.stack.server.client("lambda").invoke(FunctionName=self.function, Payload=json.dumps(event))
        payload = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise InvocationError(payload)
        return payload

    def read(self) -> dict[str, Any]:
        """The mapping as the service describes it."""
        answer: dict[str, Any] = self.stack.server.client("lambda").get_event_source_mapping(UUID=self.uuid)
        return answer

    def turn(self, *, on: bool) -> None:
        """Turn it on or off; what is sent while it is off comes in one batch, if it fits."""
        self.stack.server.client("lambda").update_event_source_mapping(UUID=self.uuid, Enabled=on)

    def one_at_a_time(self) -> None:
        """Have the function invoked for one batch at a time.

        The local AWS receives the messages of a standard queue again as soon as they may be, while the function still
        starts: on a busy machine they would use up their receives before it has answered once.
        """
        self.stack.server.client("lambda").put_function_concurrency(
            FunctionName=self.function, ReservedConcurrentExecutions=1
        )

    @property
    def _function_id(self) -> str:
        return str(self.properties["FunctionName"]["Fn::GetAtt"][0])

    @property
    def _function(self) -> dict[str, Any]:
        properties: dict[str, Any] = self.stack.template["Resources"][self._function_id]["Properties"]
        return properties


class InvocationError(Exception):
    """A function raised; the argument is its answer."""


def of_this_account(text: str) -> str:
    """A text of ``Fn::Sub`` in the account and the Region of the local AWS."""
    for name, value in (("AccountId", ACCOUNT), ("Region", REGION), ("Partition", "aws")):
        text = text.replace(f"${{AWS::{name}}}", value)
    return text
