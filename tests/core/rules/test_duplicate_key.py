from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM513"


@pytest.mark.parametrize(("kind", "key"), [("sqs", "body"), ("kinesis", "data"), ("dynamodb", "dynamodb")])
def test_key_that_stands_twice_is_a_danger_on_every_source(kind: str, key: str) -> None:
    twice = f'{{"{key}": {{"Keys": {{"a": {{"S": ["1"]}}}}}}, "{key}": {{"Keys": {{"b": {{"S": ["2"]}}}}}}}}'
    (finding,) = check([replace(mapping(kind), filters=(twice,))], select=[ID])

    assert finding.got == key


def test_every_repeated_key_is_told() -> None:
    pattern = '{"data": {"a": [1], "a": [2], "b": {"c": [1], "c": [2]}}}'

    assert [one.got for one in check([replace(mapping("kinesis"), filters=(pattern,))], select=[ID])] == ["a", "c"]


@pytest.mark.parametrize(
    "pattern",
    [
        '{"data": {"a": {"b": [1]}, "b": {"b": [1]}}}',
        '{"$or": [{"data": {"a": [1]}}, {"data": {"a": [2]}}]}',
        '{"data": {"a": [{"prefix": "x", "prefix": "y"}]}}',  # refused, which is for another rule to say
        "no json",
        "[",
    ],
)
def test_same_key_in_different_objects_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("kinesis"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("kinesis"), filters=hidden)) == []
    assert ids(replace(mapping("kinesis"), filters=(hidden,))) == []
