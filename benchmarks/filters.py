"""How long matching takes, beside every other Python matcher that is installed, and how it grows.

Run it with ``make bench``, or alone with ``build/peers/bin/python -m benchmarks.filters``. moto, ministack and
event-ruler come with ``requirements-peers.lock``; localstack-core is measured where it is installed. Each gets the
pattern in the form it keeps, worked out beforehand where it can do that, and the same parsed event; event-ruler takes
texts only. A matcher that answers wrongly, or refuses the pattern, has no figure for that pattern. Where AWS's recorded
answers lie beside the project, a line says how many of them each matcher gives: one that knows less has less to do.
"""

from __future__ import annotations

import base64
import importlib
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cdk_esm import filters

RECORDED = Path(__file__).parents[2] / "shared" / "truth" / "recorded.json"

Matcher = Callable[[dict[str, Any]], Any]
Prepare = Callable[[dict[str, Any]], Matcher]

ORDER: dict[str, Any] = {
    "id": "o-1",
    "type": "paid",
    "state": "open",
    "region": "eu-west-1",
    "total": 120,
    "customer": {"id": "c-7", "tier": "gold"},
    "lines": [{"sku": "a", "count": 1}, {"sku": "b", "count": 2}, {"sku": "c", "count": 3}],
}
PAIRS: dict[str, tuple[dict[str, Any], bool]] = {
    "one text": ({"body": {"type": ["created", "paid"]}}, True),
    "one text, no match": ({"body": {"type": ["created"]}}, False),
    "text and range": ({"body": {"type": ["created", "paid"], "total": [{"numeric": [">=", 100]}]}}, True),
    "six operators": (
        {
            "body": {
                "type": ["created", "paid"],
                "region": [{"prefix": "eu-"}],
                "state": [{"anything-but": ["deleted", "draft"]}],
                "total": [{"numeric": [">", 0, "<", 500]}],
                "customer": {"id": [{"exists": True}], "tier": ["gold"]},
            }
        },
        True,
    ),
    "objects in an array": ({"body": {"lines": {"sku": ["c"], "count": [3]}}}, True),
    "$or beside a field": ({"body": {"type": ["paid"], "$or": [{"state": ["x"]}, {"region": ["eu-west-1"]}]}}, True),
}


def others() -> Iterator[tuple[str, Prepare]]:
    """Every other matcher that is installed, with how it takes a pattern."""
    try:
        moto = importlib.import_module("moto.events.models").EventPattern
        yield "moto", lambda pattern: moto.load(json.dumps(pattern)).matches_event
    except ImportError:
        pass
    try:
        engine = importlib.import_module("localstack.services.events.event_rule_engine")
        compiler, evaluator = engine.EventPatternCompiler(), engine.EventRuleEngine()

        def localstack(pattern: dict[str, Any]) -> Matcher:
            compiled = compiler.compile_event_pattern(pattern)
            return lambda event: evaluator.evaluate_pattern_on_event(compiled, event)

        yield "localstack", localstack
    except ImportError:
        pass
    try:
        helper = importlib.import_module("ministack.services.lambda_svc")._match_esm_filter  # noqa: SLF001 - it has no public name
        yield "ministack", lambda pattern: lambda event: helper(event, pattern)
    except ImportError:
        pass
    try:
        ruler = importlib.import_module("event_ruler").test_event_pattern
        yield "event-ruler (Go)", lambda pattern: lambda event: ruler(json.dumps(event), json.dumps(pattern))
    except ImportError:
        pass


def microseconds(call: Callable[[], Any], *, seconds: float = 0.4, rounds: int = 10) -> float:
    """The processor time of one call: the best of several rounds."""
    count, spent = 1, 0.0
    while spent < seconds / rounds:
        count *= 2
        spent = _time(call, count)
    return min(_time(call, count) for _ in range(rounds)) / count * 1e6


def _time(call: Callable[[], Any], count: int) -> float:
    start = time.process_time()
    for _ in range(count):
        call()
    return time.process_time() - start


def per_match(prepare: Prepare, pattern: dict[str, Any], event: dict[str, Any], *, expected: bool) -> float | None:
    """Microseconds of one match; ``None`` where the matcher refuses the pattern or answers wrongly."""
    try:
        matches = prepare(pattern)
        if bool(matches(event)) is not expected:
            return None
    except Exception:  # noqa: BLE001 - whatever another library raises is its answer
        return None
    return microseconds(lambda: matches(event))


def ours(pattern: dict[str, Any]) -> Matcher:
    """Our matcher: ``match`` with a pattern that was read once."""
    read, match = filters.parse(pattern), filters.match
    return lambda event: match(read, event)


def right_answers(prepare: Prepare) -> str:
    """How many recorded answers of AWS a matcher gives."""
    cases = [
        case
        for case in json.loads(RECORDED.read_text(encoding="utf-8"))["filters"]
        if isinstance(case["expect"], bool) and "pattern" in case and "event" in case
    ]
    right = 0
    for case in cases:
        try:
            right += bool(prepare(case["pattern"])(case["event"])) is case["expect"]
        except Exception:  # noqa: BLE001, S112 - it refuses the pattern, which is no answer
            continue
    return f"{right} of {len(cases)}"


def wide(fields: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A pattern of that many fields, and an event that matches it."""
    return {"body": {f"f{n}": ["x"] for n in range(fields)}}, {"body": {f"f{n}": "x" for n in range(fields)}}


def main() -> None:
    """Measure and print."""
    event = {"messageId": "1", "body": ORDER}
    found = list(others())
    print(f"{'microseconds per match':24}{'ours':>8}" + "".join(f"{name:>24}" for name, _ in found))
    for title, (pattern, expected) in PAIRS.items():
        own = per_match(ours, pattern, event, expected=expected)
        assert own is not None
        times = [per_match(prepare, pattern, event, expected=expected) for _, prepare in found]
        shown = ["-" if each is None else f"{each:.2f} ({each / own:.0f} x)" for each in times]
        print(f"{title:24}{own:8.2f}" + "".join(f"{each:>24}" for each in shown))

    print("\nfields of a pattern, all of which match")
    for count in (1, 2, 4, 8, 16, 32):
        pattern, wide_event = wide(count)
        own = per_match(ours, pattern, wide_event, expected=True)
        assert own is not None
        times = [per_match(prepare, pattern, wide_event, expected=True) for _, prepare in found]
        shown = ["-" if each is None else f"{each:.2f} ({each / own:.0f} x)" for each in times]
        print(f"{count:24}{own:8.2f}" + "".join(f"{each:>24}" for each in shown))

    print("\nobjects in an array, none of which matches: a value asked for, and an absence beside it")
    for count in (50, 500, 5_000):
        lines = {"lines": [{"sku": f"s-{n}", "count": n} for n in range(count)]}
        value, absence = (ours({"lines": {"sku": ["none"], **more}}) for more in ({}, {"void": [{"exists": False}]}))
        there, away = (microseconds(partial(matches, lines)) for matches in (value, absence))
        print(f"{count:24}{there:8.1f}{away:10.1f} ({away / there:.1f} x)")

    print("\nrecords as Lambda delivers them, decoding included: microseconds, and records a second")
    text = json.dumps(ORDER)
    data = base64.b64encode(text.encode()).decode()
    for source, key, record in (
        ("sqs", "body", {"messageId": "1", "body": text}),
        ("kinesis", "data", {"kinesis": {"partitionKey": "1", "data": data}}),
        ("msk", "value", {"topic": "orders", "value": data}),
    ):
        for count in (1, 5, 10):
            never = [{key: {"type": [f"never-{n}"]}} for n in range(count - 1)]
            criteria = filters.compile(source, [*never, {key: {"type": ["paid"], "total": [{"numeric": [">=", 100]}]}}])
            assert criteria.matches(record)
            spent = microseconds(lambda criteria=criteria, record=record: criteria.matches(record))  # type: ignore[misc]
            print(f"{source:12}{count:3} filters {spent:8.2f} {1e6 / spent:12,.0f}")
    if RECORDED.is_file():
        answers = [right_answers(prepare) for _, prepare in found]
        print(f"\n{'answers as AWS recorded':20}{right_answers(ours):>12}" + "".join(f"{each:>24}" for each in answers))
    once = microseconds(lambda: filters.compile("sqs", [PAIRS["six operators"][0]]))
    print(f"\nonce for a mapping: compile {once:.0f} microseconds")


if __name__ == "__main__":
    main()
