from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding
from cdk_esm.testing.plans import ids, mapping


def findings(rule_id: str, reason: Any = "see runbook 12") -> list[Finding]:
    return check([replace(mapping(), door=Door.CONSTRUCT, acknowledged={rule_id: reason})], select=["ESM004"])


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        pytest.param("ESM-201", "ESM201", id="one-sign-too-many"),
        pytest.param("esm201", "ESM201", id="lower-case"),
        pytest.param("batch-needs-window", "ESM201", id="name-for-id"),
    ],
)
def test_an_unknown_id_is_refused_and_the_nearest_one_offered(misspelt: str, meant: str) -> None:
    (finding,) = findings(misspelt)

    assert finding.got == misspelt
    assert "ids look like ESM201" in finding.message
    assert f"did you mean {meant}?" in finding.fix


def test_the_fix_for_an_id_that_resembles_no_rule_is_to_remove_it() -> None:
    (finding,) = findings("W3005")

    assert finding.fix == "remove W3005"


def test_a_rule_that_cannot_be_acknowledged_is_refused() -> None:
    (finding,) = findings("ESM201")

    assert "cannot be acknowledged" in finding.message


def test_this_rule_cannot_be_acknowledged() -> None:
    (finding,) = findings("ESM004")

    assert finding.acknowledged is None


@pytest.mark.parametrize("blank", ["", "  \n", None])
def test_a_blank_reason_is_none(blank: object) -> None:
    (finding,) = findings("ESM101", blank)

    assert "gives no reason" in finding.message


def test_a_rule_that_can_be_acknowledged_with_a_reason_is_left_alone() -> None:
    assert findings("ESM101") == []
    assert ids(mapping(), select=["ESM004"]) == []


def test_an_unresolved_reason_is_not_judged() -> None:
    assert findings("ESM101", UNRESOLVED) == []


def test_a_template_may_name_rules_of_a_later_release() -> None:
    assert ids(replace(mapping(), acknowledged={"ESM999": "see runbook 12"})) == []
