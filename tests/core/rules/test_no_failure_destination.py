from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM333"


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
def test_the_message_says_if_the_service_offers_no_destination(kind: str) -> None:
    (finding,) = check([replace(mapping(kind), failure=FailurePath(kind=FailureKind.NONE, reason=" "))], select=[ID])

    assert finding.message.endswith(finding.allowed)


@pytest.mark.parametrize("kind", ["activemq", "documentdb"])
def test_a_reason_or_a_hidden_path_settles_it(kind: str) -> None:
    assert ids(replace(mapping(kind), failure=FailurePath(kind=FailureKind.NONE, reason="an alarm")), select=[ID]) == []
    assert ids(replace(mapping(kind), failure=UNKNOWN), select=[ID]) == []


@pytest.mark.parametrize("kind", ["sqs", "kinesis", "msk"])
def test_other_sources_have_their_own_rules(kind: str) -> None:
    assert ids(replace(mapping(kind), failure=FailurePath(kind=FailureKind.NONE)), select=[ID]) == []
