"""What a function's answer means for its batch: the response rules of every source, in one place."""

from __future__ import annotations

from collections.abc import Container, Hashable
from typing import Any, Final, NamedTuple

from cdk_esm.simulator.fidelity.common_steps import (
    ANY_ANSWER,
    BAD_ANSWER,
    EMPTY_ANSWER,
    OTHER_ANSWER,
    REPORTED,
    UNKNOWN_IDENTIFIER,
)
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.sources.answers import HOLDER, KEY


class Verdict(NamedTuple):
    """What the poller makes of an answer.

    Args:
        step: the rule behind it.
        failed: the identifiers that failed; ``None`` if the whole batch did, and empty if it succeeded.
        why: what is wrong with the answer, in words; empty if nothing is.
    """

    step: Step
    failed: frozenset[Any] | None = frozenset()
    why: str = ""


NOT_LISTENING: Final = Verdict(ANY_ANSWER)
NOTHING_FAILED: Final = Verdict(EMPTY_ANSWER)


def judge(answer: Any, identifiers: Container[Hashable], *, by_partition: bool = False) -> Verdict:
    """Judge the answer to a mapping that listens to partial batch responses.

    Args:
        answer: what the function returned.
        identifiers: those of the batch.
        by_partition: an identifier is an object with a partition and an offset, as Kafka has it.
    """
    if answer is None or answer in ("", [], {}, ()):
        return NOTHING_FAILED
    if not isinstance(answer, dict):
        return Verdict(OTHER_ANSWER, None, f"the answer is no object, but {answer!r:.80}")
    if HOLDER not in answer:
        return Verdict(OTHER_ANSWER)
    entries = answer[HOLDER]
    return NOTHING_FAILED if entries is None or entries in ([], ()) else _listed(entries, identifiers, by_partition)


def _listed(entries: Any, identifiers: Container[Hashable], by_partition: bool) -> Verdict:  # noqa: FBT001 - handed on
    if not isinstance(entries, list | tuple):
        return Verdict(BAD_ANSWER, None, f"{HOLDER} is no list, but {entries!r:.80}")
    failed = set()
    for entry in entries:
        identifier = entry.get(KEY) if isinstance(entry, dict) else None
        if identifier is None or identifier == "":
            return Verdict(BAD_ANSWER, None, f"an entry of {HOLDER} has no {KEY}: {entry!r:.80}")
        name = _named(identifier, by_partition=by_partition)
        if name is None or name not in identifiers:
            return Verdict(UNKNOWN_IDENTIFIER, None, f"{identifier!r:.80} is not in the batch")
        failed.add(name)
    return Verdict(REPORTED, frozenset(failed))


def _named(identifier: Any, *, by_partition: bool) -> Hashable | None:
    """The identifier as the writer of the source's events names the record; ``None`` if it cannot be one."""
    if not by_partition:
        return identifier if isinstance(identifier, str) else None
    if not isinstance(identifier, dict) or not isinstance(identifier.get("partition"), str):
        return None
    offset = identifier.get("offset")
    return (identifier["partition"], offset) if isinstance(offset, int) else None
