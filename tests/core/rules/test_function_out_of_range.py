import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

BEYOND = [
    pytest.param("timeout_seconds", 0, "Timeout", id="timeout-too-short"),
    pytest.param("timeout_seconds", 1_801, "Timeout", id="timeout-too-long"),
    pytest.param("memory_mb", 127, "MemorySize", id="memory-too-small"),
    pytest.param("memory_mb", 10_241, "MemorySize", id="memory-too-large"),
    pytest.param("reserved_concurrency", -1, "ReservedConcurrentExecutions", id="reserved-below-zero"),
    pytest.param("handler", "", "Handler", id="handler-empty"),
    pytest.param("handler", "h" * 129, "Handler", id="handler-too-long"),
    pytest.param("environment_bytes", 4_097, "Environment", id="environment-too-large"),
]
WITHIN = [
    pytest.param({"timeout_seconds": 1, "memory_mb": 128, "reserved_concurrency": 0, "handler": "h"}, id="least"),
    pytest.param({"timeout_seconds": 900, "memory_mb": 10_240, "handler": "h" * 128}, id="greatest"),
    pytest.param({"environment_bytes": 4_096}, id="environment"),
]


@pytest.mark.parametrize(("attribute", "value", "name"), BEYOND)
def test_a_value_beyond_either_end_is_refused(attribute: str, value: object, name: str) -> None:
    (finding,) = check([with_function(mapping(), **{attribute: value})], select=["ESM106"])

    assert (finding.setting, finding.got) == (name, value)


@pytest.mark.parametrize("values", WITHIN)
def test_the_ends_of_the_ranges_are_accepted(values: dict[str, object]) -> None:
    assert ids(with_function(mapping(), **values), select=["ESM106"]) == []


@pytest.mark.parametrize("managed", [True, UNKNOWN, UNRESOLVED])
def test_where_managed_instances_are_possible_only_their_own_limit_counts(managed: object) -> None:
    assert ids(with_function(mapping(), timeout_seconds=5_400, managed_instances=managed), select=["ESM106"]) == []
    assert ids(with_function(mapping(), timeout_seconds=5_401, managed_instances=managed), select=["ESM106"]) == [
        "ESM106"
    ]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_one_hidden_value_is_not_judged_and_the_others_are(hidden: object) -> None:
    names = ("timeout_seconds", "memory_mb", "reserved_concurrency", "handler", "environment_bytes")
    plan = with_function(mapping(), **dict.fromkeys(names, hidden))

    assert ids(plan, select=["ESM106"]) == []
    assert ids(with_function(plan, memory_mb=1), select=["ESM106"]) == ["ESM106"]
