from typing import Any

from cdk_esm.facts import Lack
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM424"
TRIED = ["DescribeStream", "GetRecords", "GetShardIterator"]


def lacking(kind: str, service: str, actions: Any, attribute: str = "Arn") -> list[str]:
    around = {
        "Stream": resource(kind, {"StreamSpecification": {}}),
        "Role": resource("IAM::Role", inline(document(actions, get("Stream", attribute)))),
        "Orders": orders(get("Stream", attribute), StartingPosition="TRIM_HORIZON"),
    }
    found = check([plan(around)], select=["ESM41", ID])
    return [str(one.allowed).removeprefix("a role that is allowed ").replace(f"{service}:", "") for one in found]


def test_listed_actions_that_are_not_tried_are_an_advice() -> None:
    kinesis = [f"kinesis:{action}" for action in TRIED]

    assert lacking("Kinesis::Stream", "kinesis", kinesis) == ["DescribeStreamSummary, ListShards, SubscribeToShard"]
    assert lacking("Kinesis::Stream", "kinesis", "kinesis:*") == []


def test_list_of_streams_may_be_allowed_on_anything() -> None:
    dynamodb = [f"dynamodb:{action}" for action in TRIED]

    assert lacking("DynamoDB::Table", "dynamodb", dynamodb, "StreamArn") == ["ListStreams"]
    assert lacking("DynamoDB::Table", "dynamodb", [*dynamodb, "dynamodb:ListStreams"], "StreamArn") == []


def test_a_role_that_has_the_action_is_fine() -> None:
    assert ids(with_permission(mapping("kinesis"), "kinesis:ListShards", lack=Lack.UNSEEN), select=[ID]) == []
