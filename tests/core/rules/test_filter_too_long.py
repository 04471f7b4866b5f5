from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM505"
PATTERN = '{"body": {"a": [1]}}'


def test_pattern_above_the_limit_is_refused_with_its_place() -> None:
    plan = replace(mapping(), filters=(PATTERN, PATTERN.ljust(4097)), door=Door.CONSTRUCT)
    (finding,) = check([plan], select=[ID])

    assert finding.message == "filters[1] has 4097 characters: AWS takes 4096"


def test_pattern_at_the_limit_is_fine() -> None:
    assert ids(replace(mapping(), filters=(PATTERN.ljust(4096),)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden,)), select=[ID]) == []
