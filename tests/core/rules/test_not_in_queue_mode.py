import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_settings

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

QUEUE = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
ID = "ESM232"


def in_queue_mode(**settings: object) -> list[str]:
    plan = mapping("self-managed-kafka", StartingPosition=None, SelfManagedKafkaEventSourceConfig=QUEUE)
    return [finding.setting for finding in check([with_settings(plan, **settings)], select=[ID])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("StartingPosition", "LATEST"),
        ("StartingPositionTimestamp", 1_700_000_000),
        ("MaximumBatchingWindowInSeconds", 0),
        ("MaximumRetryAttempts", -1),
    ],
)
def test_settings_that_queue_mode_does_not_support_are_refused(name: str, value: object) -> None:
    assert in_queue_mode(**{name: value}) == [name]


def test_settings_that_queue_mode_supports_are_fine() -> None:
    assert in_queue_mode() == []
    assert in_queue_mode(MaximumRetryAttempts=0, StartingPosition=UNKNOWN) == []


@pytest.mark.parametrize("kind", KAFKA)
def test_settings_are_fine_outside_queue_mode(kind: str) -> None:
    assert ids(mapping(kind, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=-1), select=[ID]) == []
    hidden = {"ConsumerGroupId": "shop", "ConsumptionMode": UNRESOLVED}
    assert ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=hidden), select=[ID]) == []
