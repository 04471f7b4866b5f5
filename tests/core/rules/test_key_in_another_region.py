from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_destination, with_source

ID = "ESM425"
NEAR = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
FAR = "arn:aws:kms:us-east-1:111122223333:alias/orders"


@pytest.mark.parametrize(
    ("plan", "setting"),
    [
        pytest.param(with_source(mapping(), encryption_key=FAR), "EventSourceArn", id="queue"),
        pytest.param(with_source(mapping("kinesis"), encryption_key=FAR), "EventSourceArn", id="stream"),
        pytest.param(with_dead_letter_queue(mapping(), encryption_key=FAR), "RedrivePolicy", id="dead-letter queue"),
        pytest.param(
            with_destination(mapping("kinesis"), encryption_key=FAR, region="eu-west-1"),
            "DestinationConfig",
            id="destination",
        ),
    ],
)
def test_key_in_another_region_is_found(plan: MappingPlan, setting: str) -> None:
    [finding] = check([plan], select=[ID])

    assert (finding.setting, finding.got, finding.allowed) == (setting, "us-east-1", "eu-west-1")


@pytest.mark.parametrize(
    "key", [NEAR, "alias/aws/sqs", "alias/orders", "1234abcd", "Shop/Key", None, UNKNOWN, UNRESOLVED]
)
def test_key_in_the_same_region_or_in_none_that_is_known_is_fine(key: str | Unknowable | None) -> None:
    assert ids(with_source(mapping(), encryption_key=key), select=[ID]) == []
    assert ids(with_dead_letter_queue(mapping(), encryption_key=key), select=[ID]) == []


@pytest.mark.parametrize("region", [None, UNKNOWN, UNRESOLVED])
def test_region_that_is_not_known_is_not_judged(region: Unknowable | None) -> None:
    assert ids(with_source(mapping(), encryption_key=FAR, region=region), select=[ID]) == []
    assert ids(replace(mapping(), failure=UNKNOWN), select=[ID]) == []
