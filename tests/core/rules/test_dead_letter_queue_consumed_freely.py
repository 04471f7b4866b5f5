from dataclasses import replace

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_queue

ID = "ESM325"
DEAD_LETTERS = "arn:aws:sqs:eu-west-1:111122223333:orders-dead"


def retrying(**settings: object) -> MappingPlan:
    return replace(with_queue(mapping("sqs", **settings), identity=DEAD_LETTERS), path="Shop/Retry")


def test_unlimited_reader_of_a_dead_letter_queue_is_named_with_its_feeder() -> None:
    (finding,) = check([mapping(), retrying()], select=[ID])

    assert finding.path == "Shop/Retry"
    assert "Shop/Orders" in finding.message


def test_limited_or_disabled_reader_is_fine() -> None:
    for settings in ({"ScalingConfig": {"MaximumConcurrency": 2}}, {"Enabled": False}):
        assert ids(mapping(), retrying(**settings), select=[ID]) == []


def test_an_unresolved_limit_or_enabled_setting_is_not_judged() -> None:
    for settings in ({"ScalingConfig": UNRESOLVED}, {"Enabled": UNRESOLVED}):
        assert ids(mapping(), retrying(**settings), select=[ID]) == []


def test_reader_of_another_queue_is_not_concerned() -> None:
    assert ids(mapping(), with_queue(mapping(), identity="arn:aws:sqs:eu-west-1:111122223333:other"), select=[ID]) == []


def test_a_hidden_failure_path_is_not_matched_with_a_consumer() -> None:
    plans = [replace(mapping(), failure=UNKNOWN), replace(retrying(), failure=UNKNOWN)]

    assert ids(*plans, select=[ID]) == []
