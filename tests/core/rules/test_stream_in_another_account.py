import json
from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan, Role
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_source

ID = "ESM408"
ROLE = "arn:aws:iam::111122223333:role/fulfil"


def abroad(kind: str) -> MappingPlan:
    return with_source(mapping(kind), account="444455556666")


def statements(text: str) -> list[dict[str, object]]:
    """The JSON objects in a text, in their order."""
    found = []
    while "{" in text:
        one, end = json.JSONDecoder().raw_decode(text[text.index("{") :])
        found.append(one)
        text = text[text.index("{") + end :]
    return found


READING = [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
]


def test_fix_holds_the_statement_for_the_streams_policy() -> None:
    (finding,) = check([abroad("kinesis")])

    assert (finding.rule.id, finding.got) == (ID, "444455556666")
    assert statements(finding.fix) == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": ROLE},
            "Action": READING,
            "Resource": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
        }
    ]


def test_consumer_has_a_policy_of_its_own() -> None:
    stream, consumer = statements(check([abroad("kinesis-efo")])[0].fix)

    assert stream["Action"] == READING
    assert consumer == {
        "Effect": "Allow",
        "Principal": {"AWS": ROLE},
        "Action": ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
        "Resource": mapping("kinesis-efo").given("EventSourceArn"),
    }


def test_stream_of_a_table_has_a_policy_too() -> None:
    (statement,) = statements(check([abroad("dynamodb")])[0].fix)

    assert statement["Action"] == ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]


def test_role_that_cannot_be_seen_is_left_to_be_filled_in() -> None:
    assert "<ARN of the function's execution role>" in check([replace(abroad("kinesis"), role=Role())])[0].fix


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_stream_of_the_same_account_is_fine(kind: str) -> None:
    assert ids(mapping(kind)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(abroad("sqs"), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: Unknowable | None) -> None:
    assert ids(with_source(mapping("kinesis"), account=hidden)) == []
    assert ids(with_function(abroad("kinesis"), account=hidden)) == []
