import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

CLUSTER = {"Endpoints": {"KafkaBootstrapServers": ["broker:9092"]}}


@pytest.mark.parametrize(
    ("settings", "setting", "said"),
    [
        pytest.param({"EventSourceArn": None}, "EventSourceArn", "is missing", id="neither"),
        pytest.param({"SelfManagedEventSource": CLUSTER}, "SelfManagedEventSource", "exclude each other", id="both"),
        pytest.param(
            {"EventSourceArn": None, "SelfManagedEventSource": CLUSTER}, "EventSourceArn", "is missing", id="the-other"
        ),
        pytest.param(
            {"EventSourceArn": "arn:aws:sns:eu-west-1:111122223333:orders"},
            "EventSourceArn",
            "names the service sns",
            id="another-service",
        ),
        pytest.param({"EventSourceArn": "orders"}, "EventSourceArn", "is no ARN", id="a-name"),
        pytest.param(
            {"EventSourceArn": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"},
            "EventSourceArn",
            "is no ARN",
            id="an-address",
        ),
    ],
)
def test_a_source_that_lambda_would_not_recognize_is_refused(
    settings: dict[str, object], setting: str, said: str
) -> None:
    (finding,) = check([mapping(**settings)], select=["ESM1"])

    assert (finding.rule.id, finding.setting) == ("ESM108", setting)
    assert said in finding.message


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_the_arn_of_a_queue_is_accepted_in_every_partition(partition: str) -> None:
    arn = f"arn:{partition}:sqs:eu-west-1:111122223333:orders"

    assert ids(mapping(EventSourceArn=arn), select=["ESM108"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_hidden_source_is_not_judged(hidden: object) -> None:
    assert ids(mapping(EventSourceArn=hidden), select=["ESM108"]) == []
    assert ids(mapping(SelfManagedEventSource=hidden), select=["ESM108"]) == []
