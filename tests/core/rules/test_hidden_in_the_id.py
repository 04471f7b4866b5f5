from dataclasses import replace

import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM346"


def test_each_hidden_setting_is_named_in_the_words_of_the_construct() -> None:
    hidden = {"DatabaseName": UNRESOLVED, "CollectionName": UNRESOLVED}
    plan = replace(mapping("documentdb", DocumentDBEventSourceConfig=hidden), door=Door.CONSTRUCT)

    assert [one.message.partition(" ")[0] for one in check([plan], select=[ID])] == ["database", "collection"]


@pytest.mark.parametrize("kind", ["sqs", "kinesis"])
def test_an_id_that_holds_nothing_hides_nothing(kind: str) -> None:
    assert ids(replace(mapping(kind, BatchSize=UNRESOLVED), door=Door.CONSTRUCT), select=[ID]) == []


def test_a_template_has_its_id_already() -> None:
    assert ids(mapping("rabbitmq", Queues=[UNRESOLVED]), select=[ID]) == []
