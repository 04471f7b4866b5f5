"""A replay: each object's event to its function, one after the other, and what becomes of the objects."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cdk_esm.replay.invoking import NotInvokedError, invoked
from cdk_esm.replay.meter import Meter
from cdk_esm.replay.objects import Failure, Name, NotReplayableError, StoredObject
from cdk_esm.replay.objects import only as only_these
from cdk_esm.replay.planning import S3, Lambda, ReplayPlan, asked
from cdk_esm.replay.progress import AGAIN, DONE, KEPT, STARTED, Progress
from cdk_esm.replay.reading import Reader


@dataclass
class Result:
    """What a replay did.

    Args:
        states: what became of how many objects.
        records: how many records were processed.
        left: key to what is left of the object, in words.
        repeated: keys that an earlier run may have invoked already: it ended before it knew.
    """

    states: Counter[str] = field(default_factory=Counter)
    records: int = 0
    left: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether nothing is left."""
        return not self.left


def replay(
    plan: ReplayPlan,
    s3: S3,
    client: Lambda,
    progress: Progress,
    *,
    per_second: float = 1.0,
    delete: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    meter: Meter | None = None,
) -> Result:
    """Invoke each function with what it failed on, and keep what fails again.

    An object is done if the function answers without an error and reports no failed record. Of one with failed records
    the rest is remembered, and the next run invokes with the rest alone. A run that was cut off goes on where it was;
    the object that it was at may be invoked twice, so handlers have to be idempotent, as they have to be for a mapping.

    Args:
        plan: what to take.
        s3: a client of boto3 for S3.
        client: a client of boto3 for Lambda.
        progress: what was done before; it is written after each step.
        per_second: the most invocations a second.
        delete: delete an object after all of its records were processed, in this run or before. By default it stays.
        sleep: waits; for tests.
        meter: is told how far the run is.

    Raises:
        EsmError: AWS refuses to let an object be read, or a function be invoked, and what was done is remembered; or
            another run is using the same progress.
    """
    meter = meter or Meter()
    run = _Run(plan, s3, client, progress, 1 / per_second, sleep)
    with progress.writing():
        waiting = [one for one in plan.objects if progress.state(one.key) != DONE]
        before = len(plan.objects) - len(waiting)
        if before:
            run.result.states["done before"] = before
        for stored in plan.objects if delete else ():
            if progress.state(stored.key) == DONE:
                _delete(s3, plan.bucket, stored)
        for place, stored in enumerate(waiting):
            meter("replayed", place, len(waiting))
            if run.took(stored) and delete:
                _delete(s3, plan.bucket, stored)
    return run.result


class _Run:
    """One run: what it works with, and what it did so far."""

    def __init__(  # noqa: PLR0917 - what a replay is given
        self,
        plan: ReplayPlan,
        s3: S3,
        client: Lambda,
        progress: Progress,
        pause: float,
        sleep: Callable[[float], None],
    ) -> None:
        self.result = Result()
        self._plan, self._client, self._progress = plan, client, progress
        self._reader = Reader(s3, plan.bucket)
        self._pause, self._sleep = pause, sleep
        self._waits = False

    def took(self, stored: StoredObject) -> bool:
        """Invoke with what is left of an object; whether nothing is left of it then."""
        try:
            failure = self._reader.read(stored)
        except NotReplayableError as error:
            return self._keep(stored.key, KEPT, why=str(error))
        function = self._plan.function or failure.function
        if function is None:
            return self._keep(stored.key, KEPT, why="it does not say which function; name one with --function")
        left = self._progress.left(stored.key)
        event = failure.event if left is None else only_these(failure.event, left)
        names = Failure(event, None, None).names
        if self._progress.state(stored.key) == STARTED:
            self.result.repeated.append(stored.key)
        if self._waits:
            self._sleep(self._pause)
        self._waits = True
        self._progress.note(stored.key, STARTED, left=left)
        try:
            why, again = invoked(self._client, function, event, self._sleep)
        except NotInvokedError as error:
            self._progress.note(stored.key, AGAIN, left=left, why=str(error))
            raise
        if why:
            self.result.records += len(names) - len(names if again is None else again)
            return self._keep(stored.key, AGAIN, why=why, left=again)
        self._progress.note(stored.key, DONE)
        self.result.states[DONE] += 1
        self.result.records += len(names)
        return True

    def _keep(self, key: str, state: str, *, why: str, left: frozenset[Name] | None = None) -> bool:
        before = self._progress.left(key) if left is None else left
        self._progress.note(key, state, left=before, why=why)
        self.result.states[state] += 1
        self.result.left[key] = why
        return False


def _delete(s3: S3, bucket: str, stored: StoredObject) -> None:
    try:
        s3.delete_object(Bucket=bucket, Key=stored.key)
    except Exception as error:
        raise asked(error, f"{stored.key} was replayed, and cannot be deleted") from error
