from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

ID = "ESM516"


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq"])
def test_filters_on_a_broker_are_an_advice(kind: str) -> None:
    assert ids(replace(mapping(kind), filters=('{"data": {"a": [1]}}',)), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["activemq", "msk", "sqs"])
def test_no_filters_hidden_ones_and_other_sources_are_fine(kind: str) -> None:
    assert ids(mapping(kind), replace(mapping(kind), filters=UNKNOWN), select=[ID]) == []
    assert ids(replace(mapping("msk"), filters=('{"value": {"a": [1]}}',)), select=[ID]) == []
