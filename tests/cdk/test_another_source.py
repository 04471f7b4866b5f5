"""What a bundle of another source can rely on, shown with one that is not shipped."""

from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.plan import MappingPlan
from cdk_esm.sources import SOURCES
from tests.cdk.another_source import CREDENTIALS, KIND, SHEET, KafkaToLambda
from tests.cdk.reports import heard, violations
from tests.cdk.templates import logical_id, properties, quiet_app

SERVERS = ["one.example.com:9092", "two.example.com:9092"]
RETRIES_FOREVER = {"ESM328": "no failed record may be passed over"}


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet, as it would be if the construct were shipped."""
    monkeypatch.setitem(cast("dict[str, Any]", SOURCES), KIND, SHEET)


def kafka(stack: cdk.Stack, function: esm.NewFunction, topic: str = "orders", **keywords: Any) -> KafkaToLambda:
    given = {"bootstrap_servers": SERVERS, "topics": [topic], "acknowledge": RETRIES_FOREVER, **keywords}
    return KafkaToLambda(stack, "Orders", function=function, **given)


def test_settings_go_into_the_template_by_the_sheet_alone(stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders = kafka(
        stack,
        function,
        batch_size=50,
        max_batching_window=cdk.Duration.minutes(1),
        provisioned_poller_config=esm.ProvisionedPollers(2, 10, group="shop"),
        consumer_group="orders",
        enabled=False,
        tags={"team": "shop"},
    )
    written = properties(orders.mapping)
    del written["FunctionName"]

    assert written == {
        "BatchSize": 50,
        "Enabled": False,
        "MaximumBatchingWindowInSeconds": 60,
        "ProvisionedPollerConfig": {"MinimumPollers": 2, "MaximumPollers": 10, "PollerGroupName": "shop"},
        "SelfManagedEventSource": {"Endpoints": {"KafkaBootstrapServers": SERVERS}},
        "SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "orders"},
        "SourceAccessConfigurations": [{"Type": "BASIC_AUTH", "URI": CREDENTIALS}],
        "StartingPosition": "TRIM_HORIZON",
        "Tags": [{"Key": "team", "Value": "shop"}],
        "Topics": ["orders"],
    }


def test_tokens_reach_the_mapping_and_not_the_plan(stack: cdk.Stack, function: esm.NewFunction) -> None:
    size, window = cdk.CfnParameter(stack, "Size", type="Number"), cdk.CfnParameter(stack, "Window", type="Number")
    server = cdk.CfnParameter(stack, "Server").value_as_string
    most: Any = cdk.CfnParameter(stack, "Most", type="Number").value_as_number
    orders = kafka(
        stack,
        function,
        bootstrap_servers=[server, SERVERS[0]],
        batch_size=size.value_as_number,
        max_batching_window=cdk.Duration.seconds(window.value_as_number),
        consumer_group=cdk.CfnParameter(stack, "Group").value_as_string,
        provisioned_poller_config=esm.ProvisionedPollers(2, most),
    )
    written, plan = properties(orders.mapping), orders.plan

    assert written["BatchSize"] == {"Ref": "Size"}
    assert written["MaximumBatchingWindowInSeconds"] == {"Ref": "Window"}
    assert written["SelfManagedEventSource"]["Endpoints"]["KafkaBootstrapServers"] == [{"Ref": "Server"}, SERVERS[0]]
    assert written["SelfManagedKafkaEventSourceConfig"] == {"ConsumerGroupId": {"Ref": "Group"}}
    assert written["ProvisionedPollerConfig"] == {"MinimumPollers": 2, "MaximumPollers": {"Ref": "Most"}}
    assert plan.settings["BatchSize"] is plan.settings["MaximumBatchingWindowInSeconds"] is esm.UNRESOLVED
    assert plan.given("SelfManagedEventSource.Endpoints.KafkaBootstrapServers") == [esm.UNRESOLVED, SERVERS[0]]


def test_a_source_without_an_arn_writes_none(stack: cdk.Stack, function: esm.NewFunction) -> None:
    assert "EventSourceArn" not in properties(kafka(stack, function).mapping)


def test_what_an_update_cannot_change_changes_the_logical_id(
    tmp_path_factory: pytest.TempPathFactory, function: esm.NewFunction
) -> None:
    ids = {}
    for case, topic in (("first", "orders"), ("again", "orders"), ("other", "payments")):
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp(case)), "Shop")
        ids[case] = logical_id(kafka(stack, function, topic).mapping)

    assert ids["first"] == ids["again"] != ids["other"]


def test_a_mapping_under_another_id_is_still_the_heart_of_its_construct(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    orders = kafka(stack, function)

    assert orders.node.default_child is orders.mapping


class NumberedSqsToLambda(esm.SqsToLambda):
    """A construct of which a template knows the mapping by another path than the construct's."""

    def _mapping_id(self, plan: MappingPlan) -> str:
        return super()._mapping_id(plan) + "1"


def test_the_check_of_the_app_takes_a_mapping_under_another_id_for_that_of_its_construct(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    """Otherwise it would see two mappings, and say that two functions share the queue."""
    queue = sqs.Queue.from_queue_arn(stack, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
    NumberedSqsToLambda(stack, "Orders", function=function, queue=queue, alarms=heard(stack))

    assert violations(cast("cdk.App", stack.node.root)) == []


@pytest.mark.parametrize(
    ("keywords", "found"),
    [
        pytest.param({"batch_size": "50"}, "batch_size takes a whole number, got str '50'", id="a-number"),
        pytest.param({"max_batching_window": 5}, "max_batching_window takes a Duration", id="a-duration"),
        pytest.param(
            {"bootstrap_servers": "one"}, "bootstrap_servers takes a list, each member of it a text", id="a-list"
        ),
        pytest.param({"bootstrap_servers": [1]}, "bootstrap_servers[0] takes a text", id="a-member"),
        pytest.param({"consumer_group": " "}, "consumer_group takes a text that is not empty", id="a-text"),
        pytest.param({"enabled": 1}, "enabled takes True or False", id="a-boolean"),
        pytest.param(
            {"provisioned_poller_config": esm.ProvisionedPollers(2, 10, group=5)},  # type: ignore[arg-type]
            "provisioned_poller_config.group takes a text",
            id="a-member-of-a-record",
        ),
        pytest.param({"batchsize": 5}, "did you mean batch_size?", id="a-misspelt-one"),
    ],
)
def test_a_wrong_value_is_refused_by_the_form_of_its_setting(
    keywords: dict[str, Any], found: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    given = {"function": function, "bootstrap_servers": SERVERS, "topics": ["orders"], **keywords}
    with pytest.raises(esm.EsmTypeError) as caught:
        KafkaToLambda(stack, "Orders", **given)

    assert found in str(caught.value)
    assert stack.node.children == []
