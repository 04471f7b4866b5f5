"""``cdk-esm adopt``: each setting is kept, in the words of CDK, and what nobody can know is marked."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests.core.adopt.templates import QUEUE, Resources, a_mapping, keywords, on_queue, on_stream, said


@pytest.mark.parametrize(
    ("resources", "wanted"),
    [
        pytest.param(
            on_queue(BatchSize=25, MaximumBatchingWindowInSeconds=90),
            {"batch_size": "25", "max_batching_window": "Duration.seconds(90)", "report_batch_item_failures": "False"},
            id="numbers and durations",
        ),
        pytest.param(
            on_queue(MaximumBatchingWindowInSeconds=120), {"max_batching_window": "Duration.minutes(2)"}, id="minutes"
        ),
        pytest.param(
            on_queue(ScalingConfig={"MaximumConcurrency": 7}, Enabled=False),
            {"max_concurrency": "7", "enabled": "False"},
            id="concurrency",
        ),
        pytest.param(
            on_queue(FilterCriteria={"Filters": [{"Pattern": '{"body": {"paid": [true, null]}}'}]}),
            {"filters": "[{'body': {'paid': [True, None]}}]"},
            id="filters as dicts",
        ),
        pytest.param(
            on_queue(FilterCriteria={"Filters": [{"Pattern": '{"body": {"a": [1], "a": [2]}}'}]}),
            {"filters": """['{"body": {"a": [1], "a": [2]}}']"""},
            id="a filter that a dict cannot say",
        ),
        pytest.param(on_queue(Tags=[{"Key": "team", "Value": "shop"}]), {"tags": "{'team': 'shop'}"}, id="tags"),
        pytest.param(
            on_queue(MetricsConfig={"Metrics": ["EventCount"]}),
            {"metrics_config": "lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])"},
            id="metrics that are not ours by default",
        ),
        pytest.param(
            on_stream(MaximumRecordAgeInSeconds=3600, MaximumRetryAttempts=10),
            {
                "starting_position": "lambda_.StartingPosition.TRIM_HORIZON",
                "max_record_age": "Duration.hours(1)",
                "retry_attempts": "10",
                "bisect_batch_on_error": "False",
            },
            id="a stream",
        ),
        pytest.param(on_stream(), {"retry_attempts": "-1"}, id="retries without an end"),
        pytest.param(
            on_stream(DestinationConfig={"OnFailure": {"Destination": "arn:aws:s3:::failed"}}),
            {"on_failure": "esm.OnFailure.bucket(YOUR_failed_bucket)"},
            id="a bucket elsewhere",
        ),
    ],
)
def test_a_setting_is_written_in_the_words_of_cdk(
    resources: Resources, wanted: dict[str, str], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = said(capsys, written(resources))

    assert status == 0
    assert {name: keywords(text).get(name) for name in wanted} == wanted
    assert keywords(text)["logical_id"] == "'Orders'"


@pytest.mark.parametrize(
    ("resources", "left_out"),
    [
        pytest.param(on_queue(BatchSize=10, Enabled=True), {"batch_size", "enabled"}, id="defaults of the service"),
        pytest.param(
            on_queue(FunctionResponseTypes=["ReportBatchItemFailures"], MetricsConfig={"Metrics": ["EventCount"]}),
            {"report_batch_item_failures", "metrics_config"},
            id="defaults of ours",
        ),
        pytest.param(on_stream(BisectBatchOnFunctionError=True), {"bisect_batch_on_error"}, id="bisecting"),
    ],
)
def test_what_the_construct_says_anyway_is_left_out(
    resources: Resources, left_out: set[str], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not left_out & keywords(said(capsys, written(resources))[1]).keys()


def test_a_record_age_without_an_end_is_kept_by_a_line_behind_the_statement(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    _, text = said(capsys, written(on_stream()))

    assert 'fulfil_clicks.mapping.add_property_deletion_override("MaximumRecordAgeInSeconds")' in text
    assert "max_record_age" not in keywords(text)


def test_a_value_of_a_parameter_is_a_marked_name_also_if_it_is_the_default(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(on_queue(BatchSize={"Ref": "Batch"}), Parameters={"Batch": {"Type": "Number", "Default": 10}})
    _, text = said(capsys, file)

    assert keywords(text)["batch_size"] == "YOUR_fulfil_jobs_batch_size"
    assert "which the parameter Batch gives" in " ".join(text.replace("\n#     ", " ").split())
    assert 'such as Token.as_number(Fn.ref("Batch"))' in text


def test_a_danger_asks_for_a_reason_that_nobody_can_forget(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, text = said(capsys, written(on_stream()))
    reasons = ast.literal_eval(keywords(text)["acknowledge"].replace("YOUR_reason_", "'").replace("}", "'}"))

    assert [*reasons] == ["ESM318"]
    assert "YOUR_reason_esm318_fulfil_clicks: why this is right in" in text


def test_what_aws_refuses_is_to_be_mended_first(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    short = {**on_queue(), "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 2}}}
    _, text = said(capsys, written(short))

    assert "mend this first (ESM301)" in text


@pytest.mark.parametrize("number", ["1.50", "1e2", "0.10000000000000001", "-0"])
def test_a_number_that_python_spells_otherwise_stays_as_its_filter_spells_it(
    number: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern = f'{{"body": {{"total": [{number}]}}}}'
    _, text = said(capsys, written(on_queue(FilterCriteria={"Filters": [{"Pattern": pattern}]})))

    assert ast.literal_eval(keywords(text)["filters"]) == [pattern]


def test_a_setting_of_a_wrong_form_is_named(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, text = said(capsys, written(on_queue(MaximumBatchingWindowInSeconds="soon")))
    flat = " ".join(text.replace("\n#     ", " ").split())

    assert "# MaximumBatchingWindowInSeconds: it cannot be kept as it is: it takes a whole number of seconds" in flat
    assert "which only the deployment knows" not in flat


def test_a_setting_that_a_condition_changes_is_a_marked_name(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        on_queue(ScalingConfig={"MaximumConcurrency": {"Fn::If": ["InProduction", 20, 5]}}),
        Parameters={"Stage": {"Type": "String"}},
        Conditions={"InProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    )
    status, text = said(capsys, file)

    assert status == 0
    assert keywords(text)["max_concurrency"] == "YOUR_fulfil_jobs_max_concurrency"


def test_what_a_condition_makes_of_filters_and_of_the_source_is_not_guessed(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def either(one: Any, other: Any) -> Any:
        return {"Fn::If": ["InProduction", one, other]}

    more = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"InProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    patterns = [{"Pattern": either('{"body": {"a": [1]}}', '{"body": {"a": [2]}}')}]
    _, filtered = said(capsys, written(on_queue(FilterCriteria={"Filters": patterns}), **more))
    source = either({"Fn::GetAtt": ["Jobs", "Arn"]}, {"Fn::GetAtt": ["Others", "Arn"]})
    status, text = said(capsys, written({"Jobs": QUEUE, "Others": QUEUE, **a_mapping(source)}, **more))

    assert keywords(filtered)["filters"].startswith("YOUR_")
    assert status == 1
    assert "another condition" in text
    assert "esm." not in text


def test_an_id_that_the_stack_has_already_is_not_taken(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    taken = {"FulfilJobs": {"Type": "AWS::SNS::Topic"}}

    assert '    "FulfilJobs2",' in said(capsys, written(on_queue() | taken))[1]


BROKER = "broker:shop:b-11111111-2222-3333-4444-555555555555"
TOPIC = {"Topics": ["orders"], "StartingPosition": "LATEST"}


@pytest.mark.parametrize(
    ("resources", "slot", "wanted"),
    [
        pytest.param(
            a_mapping({"Fn::Sub": f"arn:${{AWS::Partition}}:mq:${{AWS::Region}}:${{AWS::AccountId}}:{BROKER}"}),
            "broker",
            "f'arn:{Aws.PARTITION}:mq:{Aws.REGION}:{Aws.ACCOUNT_ID}:" + BROKER + "'",
            id="where it is deployed",
        ),
        pytest.param(
            a_mapping({"Fn::Sub": "arn:aws:kafka:eu-west-1:111122223333:cluster/${Name}/a-1"}, **TOPIC),
            "cluster",
            "YOUR_a_1_cluster",
            id="a parameter",
        ),
        pytest.param(
            a_mapping({"Fn::Sub": "arn:aws:kafka:eu-west-1:111122223333:cluster/${Stage}/a-1"}, **TOPIC),
            "cluster",
            "YOUR_a_1_cluster",
            id="a parameter's default",
        ),
        pytest.param(
            a_mapping(
                "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/a-1",
                DestinationConfig={"OnFailure": {"Destination": {"Fn::Sub": "kafka://${Name}"}}},
                **TOPIC,
            ),
            "on_failure",
            "esm.OnFailure.kafka_topic(YOUR_fulfil_orders_failed_topic)",
            id="the topic for failed records",
        ),
    ],
)
def test_what_the_template_does_not_write_out_is_not_printed_as_if_it_did(
    resources: Resources, slot: str, wanted: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    parameters = {"Name": {"Type": "String"}, "Stage": {"Type": "String", "Default": "dev"}}
    _, text = said(capsys, written(resources, Parameters=parameters))

    assert keywords(text)[slot] == wanted
    assert ("from aws_cdk import Aws\n" in text) == ("Aws." in wanted)


def test_how_a_neighbour_elsewhere_is_made_says_where_it_is_in_the_words_of_cdk(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, written(a_mapping({"Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs{0}"})))[1]

    assert 'from_queue_arn(self, "jobs{0}", f"arn:aws:sqs:{Aws.REGION}:{Aws.ACCOUNT_ID}:jobs{{0}}")' in text


@pytest.mark.parametrize("name", ["class", "Import", "self", "Esm", "7"])
def test_a_mapping_is_assigned_to_a_name_that_python_takes_and_a_statement_does_not_need(
    name: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    resources = a_mapping(f"arn:aws:sqs:eu-west-1:111122223333:{name}", FunctionName=name)
    statement = ast.parse(said(capsys, written(resources))[1]).body[-1]

    assert isinstance(statement, ast.Assign)
    assert ast.unparse(statement.targets[0]) == f"mapping_{name.lower()}"


def test_a_table_elsewhere_gives_its_name_and_not_the_label_of_its_stream(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = "arn:aws:dynamodb:eu-west-1:111122223333:table/products/stream/2026-01-01T00:00:00.000"
    text = said(capsys, written(a_mapping(stream, StartingPosition="TRIM_HORIZON")))[1]

    assert "\nfulfil_products = esm.DynamoDbToLambda(" in text
    assert keywords(text)["table"] == "YOUR_products_table"
