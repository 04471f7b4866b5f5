"""How the rules that came before the streams behave on them."""

from dataclasses import replace

import pytest

from cdk_esm.plan import Door, Role
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_source

STREAMS = ["kinesis", "kinesis-efo", "dynamodb"]
PAYLOADS = {"kinesis": "data", "kinesis-efo": "data", "dynamodb": "dynamodb"}
every_stream = pytest.mark.parametrize("kind", STREAMS)


def pattern(kind: str) -> str:
    return f'{{"{PAYLOADS[kind]}": {{"Keys": {{"id": {{"S": ["1"]}}}}}}}}'


@every_stream
@pytest.mark.parametrize("door", Door)
def test_a_mapping_with_nothing_wrong_has_no_finding(kind: str, door: Door) -> None:
    assert ids(replace(mapping(kind), door=door, filters=(pattern(kind),))) == []


@every_stream
def test_whole_batch_is_tried_again_on_streams_too(kind: str) -> None:
    (finding,) = check([mapping(kind, FunctionResponseTypes=None)])

    assert finding.rule.id == "ESM311"
    assert "queue" not in finding.message + finding.fix


@every_stream
def test_reserve_of_zero_stops_streams_too(kind: str) -> None:
    (finding,) = check([with_function(mapping(kind), reserved_concurrency=0)])

    assert (finding.rule.id, finding.allowed) == ("ESM302", "none, or at least 1")
    assert "queue" not in finding.message + finding.fix


@every_stream
def test_dead_letter_target_of_the_function_is_as_useless_for_streams(kind: str) -> None:
    assert ids(with_function(mapping(kind), dead_letter_target="arn:aws:sqs:eu-west-1:111122223333:x")) == ["ESM313"]


@every_stream
def test_role_that_takes_no_grants_is_told(kind: str) -> None:
    needs = ({"Effect": "Allow", "Action": "kinesis:GetRecords", "Resource": "arn"},)

    assert ids(replace(mapping(kind), role=Role(takes_grants=False, needs=needs))) == ["ESM401"]


@every_stream
def test_stream_of_another_region_is_refused(kind: str) -> None:
    (finding,) = check([with_source(mapping(kind), region="us-east-1")])

    assert finding.rule.id == "ESM402"
    assert "queue" not in finding.message + finding.fix


@every_stream
def test_filters_are_judged_by_the_payload_of_the_stream(kind: str) -> None:
    assert ids(replace(mapping(kind), filters=('{"body": {"a": ["b"]}}',))) == ["ESM502"]
    assert ids(replace(mapping(kind), filters=(pattern(kind),) * 6)) == ["ESM503"]
    assert ids(replace(mapping(kind), filters=(pattern(kind),) * 11)) == ["ESM504"]
    assert ids(replace(mapping(kind), filters=(pattern(kind) + " " * 4096,))) == ["ESM505"]
    assert ids(replace(mapping(kind), filters=(pattern(kind) + "\n",))) == ["ESM507"]


@every_stream
def test_a_large_batch_needs_no_window(kind: str) -> None:
    assert ids(mapping(kind, BatchSize=10_000, MaximumBatchingWindowInSeconds=None)) == []
    assert ids(mapping(kind, BatchSize=10_000, MaximumBatchingWindowInSeconds=300)) == []


@every_stream
def test_starting_position_is_required(kind: str) -> None:
    assert ids(mapping(kind, StartingPosition=None)) == ["ESM109"]


@every_stream
@pytest.mark.parametrize("name", ["ScalingConfig", "ProvisionedPollerConfig", "Queues", "Topics", "LoggingConfig"])
def test_setting_of_another_source_is_refused(kind: str, name: str) -> None:
    assert ids(mapping(kind, **{name: {"any": 1}})) == ["ESM102"]


@every_stream
def test_second_mapping_of_a_stream_on_a_function_is_refused(kind: str) -> None:
    assert ids(mapping(kind), replace(mapping(kind), path="Shop/Again"), select=["ESM208"]) == ["ESM208"]


def test_stream_and_its_consumers_are_sources_of_their_own() -> None:
    shared, through_one = mapping("kinesis"), replace(mapping("kinesis-efo"), path="Shop/One")
    through_another = with_source(replace(through_one, path="Shop/Another"), consumer="another")

    assert ids(shared, through_one, through_another, select=["ESM208"]) == []


@every_stream
def test_two_functions_on_one_stream_get_every_record_each(kind: str) -> None:
    bill = with_function(replace(mapping(kind), path="Shop/Bill", filters=(pattern(kind),)), identity="bill")

    assert ids(mapping(kind), bill) == []
