"""What a run is given and refuses: what a plan hides, what is assumed, and arguments that make no sense."""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Change, simulate
from cdk_esm.testing.plans import mapping, with_failure, with_queue, with_settings
from tests.core.simulator.helping import bad, ok, raising, reporting


def test_what_is_hidden_is_named_all_at_once_and_can_be_assumed_for_all_or_for_one() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=UNKNOWN, retention_seconds=UNRESOLVED)
    with pytest.raises(EsmError) as raised:
        simulate(plan, ok, ["a"])
    text = str(raised.value)
    known: dict[str, Any] = {"VisibilityTimeout": 60, "MessageRetentionPeriod": 900}

    assert "Shop/Orders: VisibilityTimeout is not known: an import hides it" in text
    assert "Shop/Orders: MessageRetentionPeriod is not known: only the deployment knows it" in text
    assert 'assume={"VisibilityTimeout": …, "MessageRetentionPeriod": …}' in text
    assert simulate(plan, ok, ["a"], assume=known).summary.ends == {"processed": 1}
    assert simulate(plan, ok, ["a"], assume={plan.path: known}).summary.ends == {"processed": 1}
    fields = {"visibility_timeout_seconds": 60, "retention_seconds": 900}
    assert simulate(plan, ok, ["a"], assume=fields).summary.ends == {"processed": 1}
    with pytest.raises(EsmError, match="nothing is called Visibility"):
        simulate(plan, ok, ["a"], assume={**known, "Visibility": 3})


def test_a_failure_path_that_is_hidden_is_assumed_by_its_receives() -> None:
    plan = replace(with_queue(mapping("sqs"), visibility_timeout_seconds=60), failure=UNKNOWN)

    assert simulate(plan, raising(bad), ["bad"], assume={"maxReceiveCount": 2}).dead_letters[0].at == 120
    none = simulate(plan, raising(bad), ["bad"], assume={"maxReceiveCount": 0}, until=86_400)
    assert none.summary.ends == {"in-flight": 1}


def test_the_retention_of_a_dead_letter_queue_that_nobody_describes_can_be_assumed() -> None:
    plan = with_failure(with_queue(mapping("sqs"), visibility_timeout_seconds=60), queue=None, max_receive_count=2)

    assert simulate(plan, raising(bad), ["bad"]).dead_letters[0].expires_at == 4 * 86_400
    trace = simulate(plan, raising(bad), ["bad"], assume={"DeadLetterRetention": 300}, until=400)
    assert (trace.dead_letters[0].expires_at, trace.summary.lost) == (300, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"records": 7}, "records are a list of texts", id="records"),
        pytest.param({"handler": "orders.app"}, "the handler is a function", id="handler"),
        pytest.param({"handler": {"Shop/Other": ok}}, "named by the paths", id="handlers"),
        pytest.param({"duplicates": 2}, "share from 0 to 1", id="duplicates"),
        pytest.param({"changes": [Change.disable(1, path="Nowhere")]}, "names 'Nowhere'", id="change"),
        pytest.param({"changes": [Change.split(1)]}, "reads no stream of shards", id="split"),
        pytest.param({"changes": [Change.rebalance(1)]}, "reads no Kafka topic", id="rebalance"),
    ],
)
def test_what_cannot_be_run_is_refused_with_a_reason(change: dict[str, Any], said: str) -> None:
    given: dict[str, Any] = {"handler": ok, "records": ["a"], **change}

    with pytest.raises(EsmError, match=said):
        simulate(mapping("sqs"), given.pop("handler"), given.pop("records"), until=10, **given)


def test_several_sources_need_records_by_path_and_two_mappings_two_paths() -> None:
    stream = replace(mapping("kinesis"), path="Shop/Stream")

    with pytest.raises(EsmError, match="say for each what arrives"):
        simulate([mapping("sqs"), stream], ok, ["a"])
    with pytest.raises(EsmError, match="two mappings have one path"):
        simulate([mapping("sqs"), mapping("sqs")], ok, ["a"])
    with pytest.raises(EsmError, match="no mapping to simulate"):
        simulate([], ok, ["a"])


def test_what_reads_no_source_cannot_be_simulated() -> None:
    def plan(kind: str) -> MappingPlan:
        return replace(mapping("activemq"), source=kind)

    with pytest.raises(EsmError, match="it reads no event source"):
        simulate(plan("none"), ok, ["a"])
    with pytest.raises(EsmError, match="Engine is not known"):
        simulate(plan("mq"), ok, ["a"])
    assert simulate(plan("mq"), ok, ["a"], assume={"Engine": "RABBITMQ"}).summary.ends == {"processed": 1}


def test_a_mapping_with_settings_that_a_token_hides_can_be_told_them() -> None:
    plan = with_settings(mapping("sqs"), BatchSize=UNRESOLVED)

    with pytest.raises(EsmError, match="BatchSize is not known"):
        simulate(plan, ok, ["a"])
    trace = simulate(plan, reporting(bad), ["a"] * 9, assume={"BatchSize": 3})
    assert [len(one.record_ids) for one in trace.invocations] == [3, 3, 3]


def test_a_source_that_only_the_deployment_names_is_called_like_the_mapping() -> None:
    one, other = (with_queue(mapping("sqs"), identity=f"${{Token[TOKEN.{number}]}}") for number in (25, 96))
    told = [simulate(plan, ok, ["a"]).invocations[0].event["Records"][0]["eventSourceARN"] for plan in (one, other)]

    assert told == ["arn:aws:sqs:eu-west-1:111122223333:Orders"] * 2


def test_a_construct_in_place_of_its_plan_is_told() -> None:
    class Bundle:
        plan = mapping("sqs")

    given: Any = Bundle()
    with pytest.raises(EsmError, match=r"got Bundle: give its plan, as in orders\.plan"):
        simulate(given, ok, ["a"])
    nothing: Any = 7
    with pytest.raises(EsmError, match=r"got int$"):
        simulate(nothing, ok, ["a"])
