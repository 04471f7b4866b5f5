"""A mapping on Amazon MQ by the ARN alone, which does not tell the engine: what holds for both engines is judged."""

from typing import Any, Final

import pytest

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.faults import EVERY_KIND
from cdk_esm.rules.engine import check
from cdk_esm.sources import MQ, SOURCES
from cdk_esm.testing.templates import get, mapping, plans, ref, resource

BROKER: Final = "arn:aws:mq:eu-west-1:111122223333:broker:depot:b-aaaabbbb-0000-1111-2222-333344445555"
SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:depot-AbCdEf"  # noqa: S105 - an ARN
LOGIN: Final = {"Type": "BASIC_AUTH", "URI": SECRET}
ENGINES: Final = (SOURCES["activemq"], SOURCES["rabbitmq"])


def found(source: Any = BROKER, /, timeout: int = 30, **properties: Any) -> tuple[str, dict[str, str]]:
    """The kind that is read, and the rules that speak, with their severity."""
    given = {"Queues": ["orders"], "SourceAccessConfigurations": [LOGIN], **properties}
    one = mapping(source, **{name: value for name, value in given.items() if value is not None})
    around = {
        "Function": resource("Lambda::Function", {"Timeout": timeout}),
        "Broker": resource("AmazonMQ::Broker", {"EngineType": ref("Engine")}),
        "Orders": one,
    }
    [plan] = plans(around, Parameters={"Engine": {"Type": "String"}, "Given": {"Type": "String"}})
    return plan.source, {finding.rule.id: str(finding.rule.severity) for finding in check([plan])}


@pytest.mark.parametrize(
    ("properties", "rule"),
    [
        pytest.param({"StartingPosition": "LATEST"}, "ESM102", id="position"),
        pytest.param({"FunctionResponseTypes": ["ReportBatchItemFailures"]}, "ESM102", id="partial batches"),
        pytest.param(
            {"DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::lost"}}}, "ESM102", id="destination"
        ),
        pytest.param({"ScalingConfig": {"MaximumConcurrency": 5}}, "ESM102", id="concurrency"),
        pytest.param({"BatchSize": 10_001}, "ESM101", id="batch"),
        pytest.param({"MaximumBatchingWindowInSeconds": 301}, "ESM101", id="window"),
        pytest.param({"Queues": ["orders", "returns"]}, "ESM113", id="two queues"),
        pytest.param(
            {"SourceAccessConfigurations": [{"Type": "SASL_SCRAM_512_AUTH", "URI": SECRET}]}, "ESM234", id="SASL"
        ),
        pytest.param({"SourceAccessConfigurations": None}, "ESM109", id="no credentials"),
        pytest.param({"timeout": 841}, "ESM240", id="slow function"),
        pytest.param({"FilterCriteria": {"Filters": [{"Pattern": '{"body": {"a": ["b"]}}'}]}}, "ESM502", id="filter"),
    ],
)
@pytest.mark.parametrize("source", [pytest.param(BROKER, id="ARN"), pytest.param(get("Broker"), id="hidden engine")])
def test_what_is_wrong_for_both_engines_is_found(source: Any, properties: dict[str, Any], rule: str) -> None:
    kind, rules = found(source, **properties)

    assert kind == MQ.kind
    assert rules[rule] in ("error", "danger")


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({}, id="plain"),
        pytest.param({"Queues": None}, id="without queues"),
        pytest.param({"BatchSize": 10_000, "MaximumBatchingWindowInSeconds": 300}, id="greatest"),
        pytest.param({"timeout": 840}, id="slowest function"),
        pytest.param({"FilterCriteria": {"Filters": [{"Pattern": '{"data": {"a": ["b"]}}'}]}}, id="filter on the data"),
    ],
)
def test_what_either_engine_takes_has_no_error_and_nothing_of_a_queue_of_sqs(properties: dict[str, Any]) -> None:
    kind, rules = found(**properties)

    assert kind == MQ.kind
    assert not {"error", "danger"} & set(rules.values())
    assert "ESM311" not in rules


def test_virtual_host_still_tells_the_engine() -> None:
    access = [LOGIN, {"Type": "VIRTUAL_HOST", "URI": "depot"}]

    assert found(SourceAccessConfigurations=access)[0] == "rabbitmq"


def test_queues_alone_tell_a_broker() -> None:
    assert found(ref("Given"))[0] == MQ.kind


def test_sheet_takes_what_one_engine_takes_and_requires_what_both_require() -> None:
    for engine in ENGINES:
        assert set(engine.by_name) <= set(MQ.by_name)
        assert all(_includes(MQ, engine, name) for name in engine.by_name)
    required = [{one.name for one in engine.settings if one.required} for engine in ENGINES]
    assert {one.name for one in MQ.settings if one.required} == required[0] & required[1]
    assert MQ.longest_timeout == ENGINES[0].longest_timeout == ENGINES[1].longest_timeout
    assert (MQ.destinations, MQ.arn_service, MQ.concurrency) == ((), "mq", None)


def test_engines_do_the_same_with_what_filters_find() -> None:
    for one in EVERY_KIND:
        assert ("activemq" in one.sources) == ("rabbitmq" in one.sources)


def _includes(wide: SourceFacts, narrow: SourceFacts, name: str) -> bool:
    one, other = wide.by_name[name], narrow.by_name[name]
    bounds = [bound for bound in (other.minimum, other.maximum) if bound is not None]
    return all(map(one.admits, bounds)) and (not one.choices or set(other.choices) <= set(one.choices))
