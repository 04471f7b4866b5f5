"""What ``cdk_esm.testing`` gives to a test suite."""

import json
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.simulator import Change
from cdk_esm.testing import assert_no_duplicates_beyond, assert_nothing_lost, mapping_of, simulated
from cdk_esm.testing.plans import mapping, with_queue
from cdk_esm.testing.templates import without_fault
from tests.core.simulator.helping import bad, ok, raising

pytest_plugins = ["pytester"]
PLUGIN = "cdk_esm.testing.plugin"


def test_nothing_lost_is_quiet_about_a_kept_record_and_tells_the_story_of_a_lost_one() -> None:
    plan = with_queue(mapping("sqs"), retention_seconds=900)
    assert_nothing_lost(simulated(plan, None, ok, ["a"]))

    with pytest.raises(AssertionError, match=r"1 of 1 record was lost\n  r1 is expired \(queue-expiry\) at 15 min: "):
        assert_nothing_lost(simulated(plan, None, ok, ["a"], changes=[Change.disable(0)]))


def test_an_expired_letter_is_lost() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=60)

    with pytest.raises(AssertionError, match="moved to a dead-letter queue at 5 min, and expired there at 14 days"):
        assert_nothing_lost(simulated(plan, None, raising(bad), ["bad"], until=15 * 86_400))


def test_duplicates_beyond_a_number_fail() -> None:
    trace = simulated(mapping("sqs"), None, ok, ["a", "b"], duplicates=1)

    assert_no_duplicates_beyond(trace, 2)
    with pytest.raises(AssertionError, match=r"2 times more than once, 1 allowed\n  r1 was processed 2 times"):
        assert_no_duplicates_beyond(trace, 1)


def test_a_mapping_is_found_in_a_template_a_file_a_construct_and_a_plan(tmp_path: Path) -> None:
    template = without_fault()
    (tmp_path / "shop.json").write_text(json.dumps(template), encoding="utf-8")
    plan = mapping("sqs")

    assert mapping_of(template, "Orders").source == "sqs"
    assert mapping_of(tmp_path / "shop.json", "Orders").logical_id == "Orders"
    assert mapping_of(str(tmp_path)).logical_id == "Orders"
    assert mapping_of(SimpleNamespace(plan=plan)) is plan
    assert mapping_of(plan) is plan


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [
        (without_fault(), "Payments", "no mapping called 'Payments'; say which, of"),
        (7, None, "not in int"),
    ],
)
def test_a_mapping_that_is_not_there_is_told(where: Any, name: str | None, said: str) -> None:
    with pytest.raises(EsmError, match=said):
        mapping_of(where, name)


def test_the_plugin_runs_a_handler_in_two_lines(pytester: pytest.Pytester) -> None:
    (pytester.path / "shop.json").write_text(json.dumps(without_fault()), encoding="utf-8")
    pytester.makepyfile(
        """
        from cdk_esm.testing import assert_nothing_lost

        def test_orders(esm_simulated):
            trace = esm_simulated("shop.json", "Orders", lambda event, context: None, ["a"], assume={"Timeout": 3})
            assert_nothing_lost(trace)
        """
    )
    installed = any(one.value == PLUGIN for one in entry_points(group="pytest11"))
    result = pytester.runpytest_inprocess(*([] if installed else ["-p", PLUGIN]), "-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)


def test_the_plugin_is_an_entry_point_of_the_wheel() -> None:
    document = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    if "project" not in document:
        pytest.skip("a copy with settings of its own, as mutants are made in")

    assert document["project"]["entry-points"]["pytest11"] == {"cdk_esm": PLUGIN}
