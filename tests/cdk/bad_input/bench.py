"""Where a case stands: a stack of its own, and what most cases need in it, made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm

Built = type[esm.SqsToLambda] | type[esm.SqsFifoToLambda]

ID: Final = "Orders"
REGION: Final = "eu-west-1"
ACCOUNT: Final = "111122223333"
ELSEWHERE: Final = "us-east-1"
STRANGER: Final = "444455556666"


def queue_arn(name: str = "orders", *, service: str = "sqs", region: str = REGION, account: str = ACCOUNT) -> str:
    """The ARN of a queue; it ends in ``.fifo`` where the name does."""
    return f"arn:aws:{service}:{region}:{account}:{name}"


def function_arn(name: str = "fulfil", *, region: str = REGION, account: str = ACCOUNT) -> str:
    return f"arn:aws:lambda:{region}:{account}:function:{name}"


@dataclass(frozen=True)
class Bench:
    """What a case may use.

    Args:
        stack: a stack that nothing stands in yet.
        code: the folder of a handler, whose module is ``app``.
        folder: an empty folder for files of the case's own.
    """

    stack: cdk.Stack
    code: str
    folder: Path

    def function(self, **changes: Any) -> esm.NewFunction:
        """A new function, with some of its keywords changed."""
        return esm.NewFunction(**{"code": self.code, "handler": "app.handler", **changes})

    def existing(self, id: str = "Fulfil", **changes: Any) -> lambda_.Function:  # noqa: A002 - CDK's word
        """A function that was made before, with some of its properties changed."""
        made = {
            "code": lambda_.Code.from_inline("def handler(event, context): ..."),
            "handler": "index.handler",
            "runtime": lambda_.Runtime.PYTHON_3_14,
        }
        return lambda_.Function(self.stack, id, **{**made, **changes})

    def imported(self, arn: str | None = None, id: str = "Imported") -> lambda_.IFunction:  # noqa: A002 - CDK's word
        """A function that was made elsewhere, by its ARN."""
        return lambda_.Function.from_function_arn(self.stack, id, arn or function_arn())

    def queue(self, *, receives: float | None = 5, fifo: bool | None = None, **changes: Any) -> sqs.Queue:
        """A queue that was made before and suits a function of 30 seconds; without ``receives`` it has no redrive."""
        redrive = None
        if receives is not None:
            kept = cdk.Duration.days(14)
            dead_letters = sqs.Queue(self.stack, "DeadLetters", fifo=fifo, retention_period=kept)
            redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=receives)
        made = {"fifo": fifo, "visibility_timeout": cdk.Duration.minutes(3), "dead_letter_queue": redrive}
        return sqs.Queue(self.stack, "Source", **{**made, **changes})

    def known_queue(self, arn: str | None = None, id: str = "Known") -> sqs.IQueue:  # noqa: A002 - CDK's word
        """A queue that was made elsewhere, by its ARN."""
        return sqs.Queue.from_queue_arn(self.stack, id, arn or queue_arn())

    def neighbour(self, **env: str) -> cdk.Stack:
        """Another stack of the same app."""
        return cdk.Stack(self.stack, "Neighbour", env=cdk.Environment(**env))

    def number(self, name: str = "Number") -> float:
        """A number that only the deployment knows, as a parameter of that name."""
        return cdk.CfnParameter(self.stack, name, type="Number").value_as_number

    def paths(self) -> list[str]:
        """The paths of everything in the stack."""
        return [one.node.path for one in self.stack.node.find_all()]
