"""Laws on random pairs of a pattern and a document.

Some hundred pairs are tried by default; with ``CDK_ESM_THOROUGH=1`` in the environment each law meets 100,000, and with
``CDK_ESM_PAIRS`` as many as it says.
"""

import json
import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError, Pattern, fields
from cdk_esm.filters.branches import branches
from cdk_esm.filters.values import condition_test, takes_absence
from cdk_esm.sources import SOURCES
from tests.core.filters import filter_generators as random_

PAIRS = int(os.environ.get("CDK_ESM_PAIRS") or (100_000 if os.environ.get("CDK_ESM_THOROUGH") else 300))

Law = Callable[[Random], None]


def holds_everywhere(law: Law) -> Callable[[], None]:
    """Try a law on as many seeds as this run has."""

    def test() -> None:
        for seed in range(PAIRS):
            try:
                law(Random(seed))  # noqa: S311 - repeatable, not secret
            except BaseException as error:
                error.add_note(f"seed {seed}")
                raise

    return test


def oracle(pattern: Pattern, document: Any) -> bool:
    """The engine's way once more, by trying every choice of fields: slow, short, and written without the other two."""
    everything = list(flatten(document, "", (), ()))

    def holds(names: list[str], branch: dict[str, Any], chosen: dict[Any, int]) -> bool:
        if not names:
            return True
        name, *rest = names
        fitting = [
            (value, members)
            for path, value, members in everything
            if path == name and all(chosen.get(array, index) == index for array, index in members)
        ]
        condition = branch[name].condition
        if not fitting and takes_absence(condition) and holds(rest, branch, chosen):
            return True
        accepts = condition_test(condition)
        return any(accepts(value) and holds(rest, branch, {**chosen, **dict(members)}) for value, members in fitting)

    return any(holds(sorted(branch), branch, {}) for branch in branches(pattern.root))


def flatten(node: Any, path: str, members: Any, at: Any) -> Iterator[tuple[str, Any, Any]]:
    """Name, value and members of arrays of every field of a document."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from flatten(inner, f"{path}.{key}" if at else key, members, (*at, key))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            nested = isinstance(inner, dict | list)
            yield from flatten(inner, path, (*members, (at, index)) if nested else members, (*at, index))
    else:
        yield path, node, members


def _agree(random: Random) -> None:
    read, document = filters.parse(random_.pattern(random)), random_.document(random)
    expected = oracle(read, document)

    assert filters.match(read, document) is expected
    assert any(fields.matches(fields.wanted(branch), document) for branch in branches(read.root)) is expected


def _reads_back(random: Random) -> None:
    given = random_.pattern(random)
    read = filters.parse(given)
    text = filters.render(read)

    assert filters.parse(text) == read
    assert filters.render(text) == text
    assert json.loads(text) == given
    assert len(text.splitlines()) == 1


def _either(random: Random) -> None:
    one, other = filters.parse(random_.pattern(random)), filters.parse(random_.pattern(random))
    document = random_.document(random)
    either = filters.match(one, document) or filters.match(other, document)

    assert filters.match({"$or": [one, other]}, document) is either
    assert filters.compile("sqs", [{"body": one}, {"body": other}]).matches({"body": json.dumps(document)}) is either


def _explained(random: Random) -> None:
    criteria = filters.compile("sqs", [{"body": random_.pattern(random)}])
    explanation = criteria.explain({"body": json.dumps(random_.document(random))})

    assert explanation.matched is all(reason.holds for reason in explanation.reasons)
    assert explanation.reasons


def _nothing_else_raised(random: Random) -> None:
    pattern, record = random_.anything(random), random_.anything(random)
    source = random.choice(sorted(SOURCES))
    for given in (pattern, json.dumps(pattern, default=repr, skipkeys=True)):
        try:
            assert isinstance(filters.match(given, record), bool)
            assert filters.parse(filters.render(given)) == filters.parse(given)
        except FilterPatternError as error:
            assert error.json_path.startswith("pattern")  # noqa: PT017 - it may be raised, and nothing else
        try:
            criteria = filters.compile(source, [given])
        except FilterPatternError as error:
            assert error.json_path.startswith("filters")  # noqa: PT017 - likewise
        else:
            assert criteria.matches(record) is criteria.explain(record).matched
            assert all(str(finding) for finding in criteria.findings)


test_walk_index_and_oracle_agree = holds_everywhere(_agree)
test_what_is_written_reads_back = holds_everywhere(_reads_back)
test_or_of_two_patterns_matches_what_either_matches = holds_everywhere(_either)
test_explanation_gives_the_reasons_of_the_verdict = holds_everywhere(_explained)
test_nothing_but_a_filter_pattern_error_is_ever_raised = holds_everywhere(_nothing_else_raised)
