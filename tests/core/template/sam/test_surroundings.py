"""What stands around the mappings of a SAM source: Globals, roles, policies, connectors, aliases and tables."""

from __future__ import annotations

from typing import Any

import pytest
from samtranslator.plugins.globals.globals import GlobalProperties

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.permissions import access_of
from cdk_esm.template.sam.globals_section import with_globals
from tests.core.template.sam.building import QUEUE, READS_JOBS, connector, event, function, get, mapping, source
from tests.core.template.sam.own_sources import OWN_SOURCES
from tests.core.template.sam.transform import reading_of

RECEIVE = "sqs:ReceiveMessage"


def only(document: dict[str, Any]) -> MappingPlan:
    [plan] = esm.read_template(document, name="shop")
    return plan


def own(name: str) -> list[MappingPlan]:
    return esm.read_template(OWN_SOURCES[name], name="shop")


def held(plan: MappingPlan, action: str = RECEIVE) -> object:
    return next(one.held for one in access_of(plan).permissions if one.action == action)


def rules_of(document: dict[str, Any]) -> set[str]:
    return {finding.rule.id for finding in esm.check(esm.read_template(document, name="shop"))}


# Globals.


def test_globals_hold_where_the_function_says_nothing() -> None:
    shared = {"Function": {"Timeout": 60, "MemorySize": 512, "ReservedConcurrentExecutions": 7}}

    read = only(source(QUEUE, {"Worker": function(READS_JOBS, MemorySize=256)}, Globals=shared)).function

    assert (read.timeout_seconds, read.memory_mb, read.reserved_concurrency) == (60, 256, 7)


def test_function_that_ignores_globals_gets_nothing_of_them() -> None:
    worker = {**function(READS_JOBS), "IgnoreGlobals": "*"}

    assert (
        only(source(QUEUE, {"Worker": worker}, Globals={"Function": {"Timeout": 60}})).function.timeout_seconds is None
    )


def test_records_of_globals_are_merged_and_architectures_replaced() -> None:
    [plan] = own("records of Globals merged")

    assert plan.function.environment_bytes == len("AownBall")
    assert plan.function.architecture == "arm64"


@pytest.mark.parametrize(
    ("shared", "given", "expected"),
    [
        pytest.param({"A": {"B": 1, "C": 2}}, {"A": {"B": 3}}, {"A": {"B": 3, "C": 2}}, id="records"),
        pytest.param({"A": {"B": 1}}, {"A": [1]}, {"A": [1]}, id="a list in the place of a record"),
        pytest.param({"A": [1]}, {"A": [2]}, {"A": [1, 2]}, id="lists"),
        pytest.param({"A": {"B": 1}}, {"A": {"Ref": "P"}}, {"A": {"Ref": "P"}}, id="a function"),
        pytest.param({"A": {"Ref": "P"}}, {"A": {"B": 1}}, {"A": {"B": 1}}, id="a function in Globals"),
        pytest.param({"A": 1}, {"A": 2}, {"A": 2}, id="values"),
    ],
)
def test_globals_are_merged_as_sam_merges_them(shared: Any, given: Any, expected: Any) -> None:
    body = {"Properties": {"Environment": given}}

    own = with_globals({"Globals": {"Function": {"Environment": shared}}}, "Function", body)

    assert own == {"Environment": expected} == {"Environment": GlobalProperties(shared).merge(given)}


# A mapping by hand beside a serverless function.


def test_timeout_of_a_serverless_function_counts_for_a_mapping_by_hand() -> None:
    queue = {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}}}
    parts = (queue, {"Worker": function(), "Link": mapping()})

    assert "ESM301" in rules_of(source(*parts, Globals={"Function": {"Timeout": 60}}))
    assert "ESM301" not in rules_of(source(*parts, Globals={"Function": {"Timeout": 20}}))


def test_role_that_sam_makes_reads_nothing_for_a_mapping_by_hand() -> None:
    assert held(only(source(QUEUE, {"Worker": function(), "Link": mapping()}))) is False


# Roles and policies.


def test_event_lets_the_role_that_sam_makes_read() -> None:
    assert held(only(source(QUEUE, {"Worker": function(READS_JOBS)}))) is True


def test_given_role_gets_neither_policies_nor_anything_for_an_event() -> None:
    [plan] = own("a given role")

    assert held(plan) is False
    assert "ESM414" in rules_of(OWN_SOURCES["a given role"])


def test_role_of_another_template_is_unknown() -> None:
    worker = function(READS_JOBS, Role="arn:aws:iam::111122223333:role/worker")

    assert access_of(only(source(QUEUE, {"Worker": worker}))).permissions == ()


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        pytest.param([{"SQSPollerPolicy": {"QueueName": get("Jobs", "QueueName")}}], True, id="its name"),
        pytest.param([{"SQSPollerPolicy": {"QueueName": {"Ref": "Jobs"}}}], False, id="its URL"),
        pytest.param([{"SQSPollerPolicy": {"QueueName": get("Jobs")}}], False, id="its ARN"),
        pytest.param([{"SQSPollerPolicy": {"QueueName": get("Lost", "QueueName")}}], False, id="another queue"),
        pytest.param([{"SQSSendMessagePolicy": {"QueueName": get("Jobs", "QueueName")}}], False, id="for sending"),
        pytest.param("AWSLambdaSQSQueueExecutionRole", True, id="a policy of AWS by name"),
        pytest.param(["arn:aws:iam::aws:policy/AmazonSQSFullAccess"], True, id="a policy of AWS by ARN"),
        pytest.param(["arn:aws:iam::111122223333:policy/own"], UNKNOWN, id="a policy of somebody"),
        pytest.param([{"CloudWatchPutMetricPolicy": {}}], False, id="of another service"),
        pytest.param({"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}, True, id="a document"),
        pytest.param([{"SQSPollerPolicies": {}}], UNKNOWN, id="none that SAM knows"),
        pytest.param([{"Ref": "Own"}], True, id="a managed policy of the source"),
    ],
)
def test_policies_say_what_the_role_may_do(policies: Any, expected: object) -> None:
    allowed = {"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": get("Jobs")}}
    managed = {"Own": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": allowed}}}

    assert held(only(source(QUEUE, managed, {"Worker": function(Policies=policies), "Link": mapping()}))) is expected


def test_policy_under_a_condition_is_held_in_one_branch() -> None:
    assert [held(plan) for plan in own("policies under a condition")] == [True, False]


def test_role_under_a_condition_is_given_in_one_branch() -> None:
    held_there = [{one.held for one in access_of(plan).permissions} for plan in own("a role under a condition")]

    assert sorted(map(len, held_there)) == [0, 1]


def test_destination_is_writable_only_where_its_type_is_told() -> None:
    bucket = {"Failed": {"Type": "AWS::S3::Bucket"}, "Clicks": {"Type": "AWS::Kinesis::Stream"}}

    def writes(**typed: str) -> object:
        config = {"OnFailure": {"Destination": get("Failed"), **typed}}
        click = event("Kinesis", Stream=get("Clicks"), StartingPosition="LATEST", DestinationConfig=config)
        return held(only(source(bucket, {"Worker": function({"Click": click})})), "s3:PutObject")

    assert writes(Type="S3") is True
    assert writes() is False


# Connectors.


def test_connector_lets_the_role_read_and_the_mapping_waits_for_it() -> None:
    [plan] = own("a connector")

    [link] = reading_of(OWN_SOURCES["a connector"]).resources
    assert held(plan) is True
    assert link.body["DependsOn"] == ["WayPolicy"]
    assert "ESM416" not in rules_of(OWN_SOURCES["a connector"])


def test_connector_serves_a_plain_function_too() -> None:
    plain = {
        "Own": {"Type": "AWS::IAM::Role"},
        "Worker": {"Type": "AWS::Lambda::Function", "Properties": {"Role": get("Own")}},
    }
    way = {"Way": connector("Jobs", "Worker", "Read", "Write"), "Link": mapping()}

    assert held(only(source(QUEUE, plain, way))) is True


def test_connector_to_something_without_an_arn_leaves_the_role_open() -> None:
    way = connector("Jobs", "Worker", "Read", "Write")
    way["Properties"]["Source"] = {"Type": "AWS::SQS::Queue"}

    assert held(only(source(QUEUE, {"Worker": function(), "Way": way, "Link": mapping()}))) is UNKNOWN


# Aliases, tables, subscriptions, destinations.


def test_event_of_a_function_with_an_alias_invokes_the_alias() -> None:
    read = own("an alias")[0].function

    assert (read.qualified, read.pool, read.provisioned) == (True, "shop/Worker", None)


def test_reference_to_the_alias_of_a_function_is_followed() -> None:
    plan = own("an alias")[1]

    assert (plan.path, plan.function.qualified, plan.function.identity) == ("shop/Link", True, "shop/WorkerAliaslive")


def test_simple_table_has_no_stream_to_read() -> None:
    assert "ESM222" in rules_of(OWN_SOURCES["the simple table has no stream"])


def test_queue_that_sam_subscribes_is_read() -> None:
    [plan] = own("a subscribed queue")

    assert (plan.path, plan.source, plan.settings["BatchSize"]) == ("shop/Worker/Story", "sqs", 10)
    assert plan.source_as(Queue).existing is False
    assert "ESM308" in rules_of(OWN_SOURCES["a subscribed queue"])


def test_dead_letters_of_the_function_are_in_sams_words() -> None:
    plans = own("dead letters and asynchronous failures")

    [finding] = [one for one in esm.check(plans) if one.setting == "DeadLetterQueue"]
    assert finding.path == "shop/Worker/Job"


def test_event_of_a_function_that_is_not_deployed_is_no_mapping() -> None:
    assert [plan.when for plan in own("a function under a condition")] == [frozenset({("shop.Stage", "prod", True)})]


def test_setting_under_a_condition_is_read_in_both_branches() -> None:
    assert [plan.settings["BatchSize"] for plan in own("a setting under a condition")] == [100, 10]


def test_acknowledgement_of_the_function_counts_for_its_events() -> None:
    reason = "a trial of two weeks"
    worker = {**function(READS_JOBS), "Metadata": {"cdk-esm": {"acknowledged": {"ESM422": reason}}}}

    found = esm.check(esm.read_template(source(QUEUE, {"Worker": worker})))

    assert [one.acknowledged for one in found if one.rule.id == "ESM422"] == [reason]


def test_type_of_an_event_tells_what_an_imported_arn_leads_to() -> None:
    imported = {"Fn::ImportValue": "ledger-stream"}
    plan = only(source({"Worker": function({"Row": event("DynamoDB", Stream=imported, StartingPosition="LATEST")})}))

    assert plan.source == "dynamodb"
