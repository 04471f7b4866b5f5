"""What a replay would do: which objects it takes, of which mappings, from when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from cdk_esm.errors import EsmError
from cdk_esm.replay.meter import Meter
from cdk_esm.replay.objects import UUID, StoredObject, stored_object
from cdk_esm.sources.destinations import OBJECT_PREFIX


class S3(Protocol):
    """What a replay asks of S3, as a client of boto3 has it."""

    def list_objects_v2(self, **given: Any) -> Any:
        """List objects, a page at a time."""

    def get_object(self, **given: Any) -> Any:
        """Read an object."""

    def delete_object(self, **given: Any) -> Any:
        """Delete an object."""


class Lambda(Protocol):
    """What a replay asks of Lambda, as a client of boto3 has it."""

    def invoke(self, **given: Any) -> Any:
        """Invoke a function."""


@dataclass(frozen=True)
class ReplayPlan:
    """What a replay takes.

    Args:
        bucket: the name of the bucket.
        objects: the objects, the oldest first.
        others: keys below Lambda's prefix that are none of its objects.
        function: the function to invoke; ``None`` for the one that each object names.
    """

    bucket: str
    objects: tuple[StoredObject, ...]
    others: tuple[str, ...] = ()
    function: str | None = None


def plan_replay(
    s3: S3,
    bucket: str,
    *,
    mapping: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    function: str | None = None,
    meter: Meter | None = None,
) -> ReplayPlan:
    """List what a replay takes; nothing is read or invoked.

    Args:
        s3: a client of boto3 for S3.
        bucket: the name of the bucket.
        mapping: the UUID of one mapping. By default those of all.
        since: take what Lambda gave up at this moment or later.
        until: take what it gave up before this moment.
        function: the name or ARN of another function than the one that the objects name. It takes the objects of one
            mapping: those of another one are events of another form.
        meter: is told how far the listing is.

    Raises:
        EsmError: the bucket cannot be listed, nothing can be in the plan (it is no UUID, or ends before it begins), or
            one function is to take the objects of several mappings.
    """
    mapping = mapping and mapping.lower()
    if mapping is not None and not re.fullmatch(UUID, mapping):
        raise EsmError(f"{mapping}: it is no UUID of a mapping; aws lambda list-event-source-mappings tells it")
    if since is not None and until is not None and since >= until:
        raise EsmError(f"nothing was given up since {since:%Y-%m-%dT%H:%M:%S%z} and before {until:%Y-%m-%dT%H:%M:%S%z}")
    objects: list[StoredObject] = []
    others: list[str] = []
    meter = meter or Meter()
    for key, size in _listed(s3, bucket, OBJECT_PREFIX + (f"{mapping}/" if mapping else "")):
        found = stored_object(key, size)
        meter("listed", len(objects) + len(others))
        if found is None:
            others.append(key)
        elif (since is None or found.at >= since) and (until is None or found.at < until):
            objects.append(found)
    mappings = sorted({one.mapping for one in objects})
    if function is not None and len(mappings) > 1:
        raise EsmError(
            f"{function}: there are objects of {len(mappings)} mappings, and it would get the events of all of them; "
            f"name one with --mapping: {', '.join(mappings)}"
        )
    return ReplayPlan(bucket, tuple(sorted(objects, key=lambda one: (one.at, one.key))), tuple(others), function)


def _listed(s3: S3, bucket: str, prefix: str) -> Iterator[tuple[str, int]]:
    given: dict[str, Any] = {"Bucket": bucket, "Prefix": prefix}
    while True:
        try:
            page = s3.list_objects_v2(**given)
        except Exception as error:
            raise asked(error, f"the bucket {bucket} cannot be listed") from error
        for entry in page.get("Contents", ()):
            yield entry["Key"], entry.get("Size", 0)
        if not page.get("IsTruncated"):
            return
        given["ContinuationToken"] = page["NextContinuationToken"]


def code_of(error: Exception) -> str:
    """The code of an answer of AWS that is an error; empty for any other error."""
    response = getattr(error, "response", None)
    found = response.get("Error") if isinstance(response, dict) else None
    return str(found.get("Code", "")) if isinstance(found, dict) else ""


def status_of(error: Exception) -> int:
    """The HTTP status of an answer of AWS that is an error; zero for any other error."""
    response = getattr(error, "response", None)
    found = response.get("ResponseMetadata") if isinstance(response, dict) else None
    status = found.get("HTTPStatusCode") if isinstance(found, dict) else None
    return status if isinstance(status, int) else 0


def asked(error: Exception, what: str) -> EsmError:
    """An error of a client in our words."""
    return EsmError(f"{what}: {str(error) or type(error).__name__}")
