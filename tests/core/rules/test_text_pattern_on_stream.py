from dataclasses import replace

import pytest

from cdk_esm import FilterPatternError, filters
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM514"


@pytest.mark.parametrize(("kind", "key"), [("kinesis", "data"), ("kinesis-efo", "data"), ("dynamodb", "dynamodb")])
@pytest.mark.parametrize("values", ['["created"]', "[1]", '[{"prefix": "c"}]', '[{"exists": true}]'])
def test_list_for_the_payload_is_refused(kind: str, key: str, values: str) -> None:
    (finding,) = check([replace(mapping(kind), filters=(f'{{"{key}": {values}}}',))])

    assert finding.rule.id == ID
    assert finding.message == (
        f"FilterCriteria.Filters[0].{key}: {key!r} takes an object with the fields of the payload; "
        "a list is a pattern for plain text, which the service refuses"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        '{"data": {"type": ["created"]}}',
        '{"partitionKey": ["1"]}',
        '{"data": []}',
        "no json",
    ],
)
def test_object_and_other_fields_are_fine(pattern: str) -> None:
    assert ids(replace(mapping("kinesis"), filters=(pattern,)), select=[ID]) == []


def test_the_compiler_refuses_for_a_stream_what_the_parser_accepts() -> None:
    assert filters.parse('{"data": ["created"]}').render() == '{"data":["created"]}'
    with pytest.raises(FilterPatternError, match=r"^filters\[0\]\.data: "):
        filters.compile("kinesis", ['{"data": ["created"]}'])


def test_queue_takes_texts() -> None:
    assert ids(replace(mapping("sqs"), filters=('{"body": ["created"]}',)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("kinesis"), filters=hidden)) == []
    assert ids(replace(mapping("kinesis"), filters=(hidden,))) == []
