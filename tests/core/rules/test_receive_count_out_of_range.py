from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Severity
from cdk_esm.sources.sqs_queue import QUEUE
from cdk_esm.testing.plans import ids, mapping, with_failure

COUNT = QUEUE.by_name["RedrivePolicy.maxReceiveCount"]


@pytest.mark.parametrize("count", [0, 1_001])
def test_a_count_beyond_either_end_is_refused(count: int) -> None:
    (finding,) = check([with_failure(mapping(), max_receive_count=count)], select=["ESM105"])

    assert (finding.setting, finding.got, finding.allowed) == (COUNT.name, count, COUNT.range_text)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("count", [COUNT.minimum, COUNT.maximum, None])
def test_the_ends_of_the_range_and_the_default_are_accepted(count: int | None) -> None:
    assert ids(with_failure(mapping(), max_receive_count=count), select=["ESM105"]) == []


def test_a_hidden_count_is_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(with_failure(mapping(), max_receive_count=hidden), select=["ESM105"]) == []
        assert ids(replace(mapping(), failure=hidden), select=["ESM105"]) == []
