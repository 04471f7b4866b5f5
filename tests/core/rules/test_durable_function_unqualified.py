import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def test_an_unqualified_durable_function_is_refused() -> None:
    plan = with_function(mapping(), durable_timeout_seconds=60, qualified=False)

    (finding,) = check([plan], select=["ESM210"])

    assert (finding.setting, finding.got) == ("FunctionName", "no qualifier")


def test_a_version_of_it_and_a_function_that_is_not_durable_are_accepted() -> None:
    assert ids(with_function(mapping(), durable_timeout_seconds=60, qualified=True), select=["ESM210"]) == []
    assert ids(with_function(mapping(), qualified=False), select=["ESM210"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_hidden_function_is_not_judged(hidden: object) -> None:
    assert ids(with_function(mapping(), durable_timeout_seconds=60, qualified=hidden), select=["ESM210"]) == []
    assert ids(with_function(mapping(), durable_timeout_seconds=hidden, qualified=False), select=["ESM210"]) == []
