"""Judges a trace in a test, and says in a failure what became of which record."""

from __future__ import annotations

from cdk_esm.printed import counted
from cdk_esm.simulator import Trace
from cdk_esm.simulator.arguments import check_count, refused
from cdk_esm.simulator.recorder import LOST, Story

_FEW = 10


def assert_nothing_lost(trace: Trace) -> None:
    """Fail if a record was lost: expired, discarded, or expired in a dead-letter queue within the run.

    Raises:
        AssertionError: something was lost; the message tells the records and their stories.
    """
    _check(trace)
    if not trace.summary.lost:
        return
    gone = [one for one in trace.records if one.end in LOST]
    lost, records = trace.summary.lost, counted(trace.summary.records, "record", "")
    lines = [f"{lost} of {records} {'was' if lost == 1 else 'were'} lost"]
    lines += [_told(one) for one in gone[:_FEW]]
    if trace.summary.letters_expired:
        lines.append(f"  {trace.summary.letters_expired} expired in a dead-letter queue: raise its retention")
    lines += [f"  {step}: {count} by a step that is our choice" for step, count in trace.summary.lost_by_choice.items()]
    raise AssertionError("\n".join(lines))


def assert_no_duplicates_beyond(trace: Trace, most: int) -> None:
    """Fail if the function processed records once more though it had processed them.

    Args:
        trace: the trace.
        most: how often that may happen in the run, all records together.

    Raises:
        AssertionError: it happened more often; the message tells the records.
    """
    _check(trace)
    check_count("the number of duplicates", most)
    found = trace.summary.duplicates
    if found <= most:
        return
    twice = [one for one in trace.records if one.duplicates]
    lines = [f"records were processed {counted(found, 'time', '')} more than once, {most} allowed"]
    lines += [f"  {one.id} was processed {counted(one.successes, 'time', '')}" for one in twice[:_FEW]]
    raise AssertionError("\n".join(lines))


def _check(trace: object) -> None:
    if not isinstance(trace, Trace):
        raise refused("a trace", "what simulate or simulated returned", trace)


def _told(story: Story) -> str:
    tale = "; ".join(f"{when:g} s {words}" for when, words in story.tale[-3:])
    return f"  {story.id} is {story.end} ({story.step}): {tale}"
