import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

DURABLE = with_function(mapping(), qualified=True)


@pytest.mark.parametrize(
    ("managed", "longest"),
    [
        pytest.param(False, 900, id="standard"),
        pytest.param(True, 5_400, id="managed"),
        pytest.param(UNKNOWN, 5_400, id="hidden"),
        pytest.param(UNRESOLVED, 5_400, id="unresolved"),
    ],
)
def test_one_second_beyond_what_is_possible_there_is_refused(managed: object, longest: int) -> None:
    plan = with_function(DURABLE, managed_instances=managed, durable_timeout_seconds=longest + 1)

    (finding,) = check([plan], select=["ESM211"])

    assert (finding.setting, finding.got) == ("DurableConfig.ExecutionTimeout", longest + 1)
    assert finding.allowed == f"at most {longest} seconds"
    assert ids(with_function(plan, durable_timeout_seconds=longest), select=["ESM211"]) == []


@pytest.mark.parametrize("timeout", [None, UNKNOWN, UNRESOLVED])
def test_a_hidden_timeout_and_a_function_that_is_not_durable_are_not_judged(timeout: object) -> None:
    assert ids(with_function(DURABLE, durable_timeout_seconds=timeout), select=["ESM211"]) == []
