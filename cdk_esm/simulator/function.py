"""The Lambda function of a run: its handler, its concurrency, and what an invocation comes to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import check_seconds, check_text, is_number, refused
from cdk_esm.simulator.clock import SECOND, ticks
from cdk_esm.simulator.spread import Spread

Handler: TypeAlias = Callable[[Any, Any], Any]
Duration: TypeAlias = "float | Spread | Callable[[dict[str, Any]], float]"

_SIMPLE: Final = (type(None), bool, int, str)


class Sent(NamedTuple):
    """A record that a handler sent to a source of the run, and when."""

    after: int
    payload: Any
    to: str
    group: str | None
    key: str | None


class Outcome(NamedTuple):
    """What an invocation came to.

    Args:
        took: its virtual time.
        answer: what the handler returned.
        error: what it raised, in words; ``None`` if it returned.
        timed_out: it was stopped at its timeout.
        sent: what it sent to sources of the run before its end.
    """

    took: int
    answer: Any = None
    error: str | None = None
    timed_out: bool = False
    sent: tuple[Sent, ...] = ()


class _TimedOutError(BaseException):
    """Ends a handler at the moment of its timeout; no handler catches it by catching ``Exception``."""


class Context:
    """What a handler gets as its second argument: Lambda's context, and virtual time.

    ``spend(seconds)`` lets time pass, and ends the handler if its timeout is over. ``send(payload, to=path)`` sends a
    record to the source of a mapping of the same run.
    """

    identity = None
    client_context = None

    def __init__(self, function: Target, number: int) -> None:
        self._function = function
        self._number = number
        self.spent = 0
        self.sent: list[Sent] = []
        self.function_version = function.version

    @property
    def aws_request_id(self) -> str:
        """The id of the invocation."""
        return request_id(self._number)

    @property
    def function_name(self) -> str:
        """The name of the function."""
        return self._function.name

    @property
    def invoked_function_arn(self) -> str:
        """The ARN of the function."""
        return self._function.arn

    @property
    def memory_limit_in_mb(self) -> str:
        """The memory of the function in megabytes, as text, as Lambda has it."""
        return str(self._function.memory)

    @property
    def log_group_name(self) -> str:
        """The log group of the function."""
        return f"/aws/lambda/{self._function.name}"

    @property
    def log_stream_name(self) -> str:
        """The log stream of the invocation."""
        return f"2026/01/01/[{self.function_version}]{self.aws_request_id.replace('-', '')}"

    def get_remaining_time_in_millis(self) -> int:
        """The time until the function's timeout, in milliseconds."""
        return max(0, (self._function.timeout - self.spent) // 1000)

    def spend(self, seconds: float) -> None:
        """Let virtual time pass.

        Args:
            seconds: how long; if the timeout ends before, the handler ends there.

        Raises:
            EsmError: it is negative or no number.
        """
        if not is_number(seconds, least=0):
            said = refused("context.spend", "a number of seconds, 0 or more", seconds, verb="takes")
            raise EsmError(f"time passes forward only: {said}")
        self.spent += ticks(seconds)
        if self.spent > self._function.timeout:
            raise _TimedOutError

    def send(self, payload: Any, *, to: str, group: str | None = None, key: str | None = None) -> None:
        """Send a record to the source of a mapping of this run; it arrives at this moment of virtual time.

        Args:
            payload: as in ``esm.Record``.
            to: the mapping's path.
            group: the message group of a FIFO queue.
            key: the partition key of a stream or a topic.

        Raises:
            EsmError: an argument is no text.
        """
        if not isinstance(to, str):
            raise refused("to of context.send", "the path of a mapping of the run", to)
        check_text("group of context.send", group)
        check_text("key of context.send", key)
        self.sent.append(Sent(self.spent, payload, to, group, key))


@dataclass
class Target:
    """A function that mappings invoke, with the concurrency that is left to it.

    Args:
        identity: what makes it the same function for two mappings.
        name: its name.
        arn: its ARN.
        handler: what runs.
        timeout: in virtual time.
        memory: in megabytes.
        reserved: the reserved concurrency; ``None`` without one.
        duration: how long an invocation takes, beside what the handler spends itself.
        random: draws durations.
        version: the version that runs; ``$LATEST`` until another is switched to.
        running: the invocations at this moment.
    """

    identity: str
    name: str
    arn: str
    handler: Handler
    timeout: int
    memory: int
    reserved: int | None
    duration: Duration
    random: Random
    version: str = "$LATEST"
    running: int = 0
    most_running: int = 0
    invocations: int = 0

    @property
    def is_free(self) -> bool:
        """Whether one more invocation may run."""
        return self.reserved is None or self.running < self.reserved

    def switch(self, handler: Handler) -> None:
        """Run another version from the next invocation on."""
        self.handler = handler
        self.version = str(int(self.version) + 1) if self.version.isdigit() else "2"

    def run(self, event: dict[str, Any], number: int) -> Outcome:
        """Run the handler at this moment; its invocation ends after the time that it takes."""
        context = Context(self, number)
        answer, error = None, None
        timed_out = False
        try:
            answer = self.handler(event, context)
        except _TimedOutError:
            timed_out = True
        except (Exception, SystemExit) as raised:  # noqa: BLE001 - whatever a handler raises is its function's error
            error = f"{type(raised).__name__}: {raised}"
        else:
            error = _unwritable(answer)
        took = context.spent + self._outside(event)
        if timed_out or took > self.timeout:
            sent = tuple(one for one in context.sent if one.after <= self.timeout)
            return Outcome(self.timeout, None, _words(self.timeout), timed_out=True, sent=sent)
        return Outcome(took, None if error else answer, error, sent=tuple(context.sent))

    def _outside(self, event: dict[str, Any]) -> int:
        duration = self.duration
        if isinstance(duration, int | float):
            return round(duration * SECOND)
        if isinstance(duration, Spread):
            return ticks(duration.draw(self.random))
        try:
            seconds = duration(event)
        except Exception as error:
            said = f"the function raised {type(error).__name__}: {error}"
            raise EsmError(f"duration: {said}; it takes the event, and answers seconds") from error
        check_seconds("what the function of duration answers", seconds)
        return ticks(seconds)


def request_id(number: int) -> str:
    """The id of an invocation, in the form of Lambda's."""
    return f"{number:08x}-0000-4000-9000-{number:012x}"


def _words(timeout: int) -> str:
    return f"Task timed out after {timeout / SECOND:.2f} seconds"


def _unwritable(answer: Any) -> str | None:
    """Why Lambda cannot send the answer on; ``None`` if it can."""
    if isinstance(answer, _SIMPLE):
        return None
    try:
        json.dumps(answer)
    except (TypeError, ValueError) as error:
        return f"Runtime.MarshalError: {error}"
    return None
