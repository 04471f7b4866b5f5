from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM222"


def test_table_without_a_stream_is_refused() -> None:
    (finding,) = check([with_source(mapping("dynamodb"), has_stream=False)])

    assert finding.rule.id == ID
    assert "NEW_AND_OLD_IMAGES" in finding.fix


def test_the_fix_speaks_the_words_of_its_door() -> None:
    plan = with_source(mapping("dynamodb"), has_stream=False)
    (template,), (construct,) = (check([replace(plan, door=door)]) for door in (Door.TEMPLATE, Door.CONSTRUCT))

    assert "StreamSpecification.StreamViewType" in template.fix
    assert "StreamSpecification" not in construct.fix
    assert "dynamodb.StreamViewType.NEW_AND_OLD_IMAGES" in construct.fix


def test_table_with_a_stream_is_fine() -> None:
    assert ids(with_source(mapping("dynamodb"), has_stream=True)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("kinesis"), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_source(mapping("dynamodb"), has_stream=hidden)) == []
