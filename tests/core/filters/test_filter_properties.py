"""Laws that hold for every pattern and every document, with examples that shrink.

A sample runs by default; with ``CDK_ESM_THOROUGH=1`` in the environment each law is tried on 10,000 examples.
"""

import json
import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError

THOROUGH = bool(os.environ.get("CDK_ESM_THOROUGH"))
PROFILE = settings(
    max_examples=10_000 if THOROUGH else 60,
    deadline=None,
    derandomize=not THOROUGH,
    suppress_health_check=list(HealthCheck),
)

NAMES = st.sampled_from(["a", "b", "c", ""])
SCALARS = (
    st.text(max_size=5) | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
)
FIELDS = st.text(max_size=5).filter(lambda name: name != "$or" and "." not in name)
PLAIN = st.dictionaries(
    FIELDS,
    st.recursive(SCALARS, lambda inner: st.dictionaries(FIELDS, inner, min_size=1, max_size=3), max_leaves=6),
    min_size=1,
    max_size=4,
)


def built_from(document: Any) -> Any:
    return {k: built_from(v) for k, v in document.items()} if isinstance(document, dict) else [document]


@PROFILE
@given(PLAIN)
def test_pattern_built_from_a_document_matches_it(document: dict[str, Any]) -> None:
    pattern = built_from(document)

    assert filters.match(pattern, document)
    assert filters.match(pattern, json.loads(json.dumps(document)))
    criteria = filters.compile("sqs", [{"body": pattern}])
    assert criteria.matches({"body": json.dumps(document)})
    assert criteria.matches({"body": document})


@PROFILE
@given(PLAIN, st.text(max_size=3))
def test_anything_but_is_the_negation_of_a_text_that_is_there(document: dict[str, Any], text: str) -> None:
    for name, value in document.items():
        if not isinstance(value, dict):
            assert filters.match({name: [text]}, document) is not filters.match(
                {name: [{"anything-but": text}]}, document
            )


@PROFILE
@given(st.dictionaries(NAMES, st.recursive(SCALARS, st.lists, max_leaves=4), max_size=3), NAMES)
def test_missing_is_the_negation_of_exists(document: dict[str, Any], name: str) -> None:
    there = filters.match({name: [{"exists": True}]}, document)

    assert filters.match({name: [{"exists": False}]}, document) is not there


@PROFILE
@given(SCALARS, st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False))
def test_below_is_the_negation_of_at_least_for_a_number_in_range(value: Any, bound: float) -> None:
    in_range = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 5e9
    below = filters.match({"a": [{"numeric": ["<", bound]}]}, {"a": value})
    at_least = filters.match({"a": [{"numeric": [">=", bound]}]}, {"a": value})

    assert (below is not at_least) is in_range


@PROFILE
@given(st.text(max_size=30) | PLAIN.map(json.dumps))
def test_every_text_parses_or_raises_a_filter_pattern_error(text: str) -> None:
    try:
        read = filters.parse(text)
    except FilterPatternError:
        return
    assert filters.parse(read.render()) == read
