"""Whether a handler does once what it is asked twice: the same delivery again, and the same message under a new id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any, Final, TypeAlias

from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Record, Trace
from cdk_esm.simulator.arguments import refused
from cdk_esm.simulator.events.wrapping import text_of

Effects: TypeAlias = Callable[[], Any]
"""What the handler has done so far, as something that can be compared."""

_FIX: Final = "key the effect by something in the payload, such as the id of the order, and make it conditional"
_COMPARED: Final = "something that can be copied and compared, such as a list, a dict or a text"
Alone: TypeAlias = Callable[..., Trace]


def repeated(
    alone: Alone, plan: MappingPlan, good: Sequence[Any], effects: Effects, reset: Callable[[], object]
) -> Iterator[tuple[str, str, str, str]]:
    """What repeats do: which batch, what the handler did, the consequence and the fix.

    Args:
        alone: runs the handler with records.
        plan: the mapping.
        good: what records hold that the handler processes.
        effects: what it has done so far.
        reset: forgets that.
    """
    records = [Record(one, id=f"n{number}", group="a") for number, one in enumerate(good)]
    reset()
    alone(records)
    once = taken(effects)
    reset()
    alone(records, duplicates=1)
    if effects() != once:
        yield (
            "a batch that is delivered twice",
            "its effects are not those of one delivery",
            f"a {plan.facts.unit} that Lambda delivers again, as it may at any time, takes effect twice",
            _FIX,
        )
    if plan.facts.shape is not Shape.QUEUE:
        return
    reset()
    alone(records)
    alone([Record(_again(one, number), group="a") for number, one in enumerate(good)])
    if effects() != once:
        yield (
            "a message that is moved back from the dead-letter queue",
            "it took effect again under its new message id",
            "whoever redrives messages repeats what had been done before they failed",
            _FIX,
        )


def taken(effects: Effects) -> Any:
    """A copy of what the handler has done so far.

    Raises:
        EsmError: it cannot be copied, or a copy of it is not equal to it, so that nothing could be compared.
    """
    found = effects()
    try:
        copy = deepcopy(found)
    except TypeError as error:  # such as of a view, a generator or a lock
        raise refused("effects", f"{_COMPARED} ({error})", found, verb="gives") from None
    if copy != found:
        raise refused("effects", f"{_COMPARED} (a copy is not equal to it)", found, verb="gives")
    return copy


def _again(payload: Any, number: int) -> dict[str, Any]:
    """The same message under another id."""
    return {"messageId": f"ffffffff-0000-4000-8000-{number:012x}", "body": text_of(payload)}
