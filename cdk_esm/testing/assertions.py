"""Judges a trace in a test, and says in a failure what became of which record, why, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cdk_esm.printed import counted
from cdk_esm.simulator import Trace
from cdk_esm.simulator.arguments import check_count, refused
from cdk_esm.simulator.fidelity import STEPS, Label, common_steps, queue_steps, share_steps, stream_steps
from cdk_esm.simulator.recorder import LOST, Story
from cdk_esm.simulator.show import moment

_FEW: Final = 10
_KEEPS: Final = "a longer retention of the source, and a mapping that keeps up and is not disabled for so long"
HELPS: Final[Mapping[str, str]] = {
    queue_steps.QUEUE_EXPIRY.id: _KEEPS,
    queue_steps.IN_FLIGHT_EXPIRY.id: _KEEPS,
    queue_steps.LETTER_AGE.id: "a longer retention of the dead-letter queue, and a redrive before it ends",
    common_steps.SOURCE_GONE.id: "to keep the source until it is empty; no setting of the mapping does",
    stream_steps.EXPIRED_IN_STREAM.id: f"{_KEEPS}; MaximumRecordAgeInSeconds and MaximumRetryAttempts with an "
    "on-failure destination end the wait behind a batch that fails",
    stream_steps.CHANGES_EXPIRE.id: _KEEPS,
    stream_steps.SKIPPED.id: "StartingPosition TRIM_HORIZON, or a StartingPositionTimestamp before these records",
    stream_steps.DISCARDED.id: "an on-failure destination; more MaximumRetryAttempts and a longer "
    "MaximumRecordAgeInSeconds put it off",
    share_steps.SHARE_START.id: 'assume={"StartingPosition": "TRIM_HORIZON"}, if the group is configured so',
    share_steps.SHARE_ARCHIVED.id: "an on-failure destination, or MaximumRetryAttempts; "
    'assume={"DeliveryCountLimit": …}, if the group has another limit',
}
"""What keeps the records that a step would lose."""
_ONCE: Final = (
    "a handler that does once what it is asked twice, which check_handler(…, effects=…) tries; of a queue also a "
    "visibility timeout that no invocation outlives"
)


def assert_nothing_lost(trace: Trace) -> None:
    """Fail if a record was lost: expired, discarded, or expired in a dead-letter queue within the run.

    Raises:
        AssertionError: something was lost; the message tells the records and their stories, the steps that decided it
            and how sure they are, and what would keep the records.
    """
    _check(trace)
    summary = trace.summary
    if not summary.lost:
        return
    gone = [_told(one) for one in trace.records if one.end in LOST]
    lines = [
        f"{summary.lost} of {counted(summary.records, 'record', '')} {'was' if summary.lost == 1 else 'were'} lost"
    ]
    lines += _few([*gone, *_letters(trace)], summary.lost)
    for name, count in summary.lost_because.items():
        step = STEPS[name]
        choice = f", so AWS might keep {'it' if count == 1 else 'them'}" if step.label is Label.CHOSEN else ""
        sure = f"{step.label}{choice}: {step.proof}"
        lines.append(f"  {counted(count, 'record', '')} by the step {name}: {step.what} ({sure})")
        if name in HELPS:
            lines.append(f"    what helps: {HELPS[name]}")
    raise AssertionError("\n".join(lines))


def assert_no_duplicates_beyond(trace: Trace, most: int) -> None:
    """Fail if the function processed records once more though it had processed them.

    Args:
        trace: the trace.
        most: how often that may happen in the run, all records together.

    Raises:
        AssertionError: it happened more often; the message tells the records, and when they were delivered.
    """
    _check(trace)
    check_count("the number of duplicates", most)
    found = trace.summary.duplicates
    if found <= most:
        return
    twice = [one for one in trace.records if one.duplicates]
    lines = [f"records were processed {counted(found, 'time', '')} more than once, {most} allowed"]
    lines += _few(
        [f"  {one.id} was processed {counted(one.successes, 'time', '')}{_story(one)}" for one in twice], len(twice)
    )
    if not twice:
        lines.append('  the trace keeps no story of them: run it with keep="all"')
    lines.append(f"  what helps: {_ONCE}")
    raise AssertionError("\n".join(lines))


def _check(trace: object) -> None:
    if not isinstance(trace, Trace):
        raise refused("a trace", "what simulate or simulated returned", trace)


def _few(lines: list[str], many: int) -> list[str]:
    """The first lines, and how many are left out."""
    left = many - len(lines[:_FEW])
    return [*lines[:_FEW], *([f"  … and {left:,} more"] if left and lines else [])]


def _told(one: Story) -> str:
    return f"  {one.id} is {one.end} ({one.step}) at {moment(one.ended)}{_story(one)}"


def _story(one: Story) -> str:
    """What happened to it last; a trace with ``keep="summary"`` does not know."""
    tale = "; ".join(f"{moment(when)} {words}" for when, words in one.tale[-3:])
    return f": {tale}" if tale else ""


def _letters(trace: Trace) -> Iterator[str]:
    """The letters whose retention ended first."""
    ends = [(one.expires_at, one) for one in trace.dead_letters if one.expires_at is not None]
    for expires, one in sorted(ends, key=lambda end: end[0])[: trace.summary.letters_expired]:
        moved = f"  {one.record_id} was moved to a dead-letter queue at {moment(one.at)}"
        yield f"{moved}, and expired there at {moment(expires)}"
