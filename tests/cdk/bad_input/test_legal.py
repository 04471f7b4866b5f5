"""What is legal is built and synthesized, nothing is found in it, and what only the deployment knows stays a token."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, ID, REGION, Bench
from tests.cdk.bad_input.legal import TABLE
from tests.cdk.bad_input.legal_case import MAPPING, Legal
from tests.cdk.templates import resources


def test_the_table_is_as_long_as_promised() -> None:
    silent = [case for row in TABLE for case in row.values if isinstance(case, Legal) and not case.advice]

    assert len(silent) >= 85
    assert len({row.id for row in TABLE}) == len(TABLE)


def holds(made: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(made.get(name) == value for name, value in wanted.items())


@pytest.mark.parametrize("case", TABLE)
def test_legal_input_is_built_without_a_finding(case: Legal, app: cdk.App, code: str, tmp_path: Path) -> None:
    env = cdk.Environment(account=ACCOUNT, region=REGION) if case.bound else None
    bench = Bench(cdk.Stack(app, "Shop", env=env), code, tmp_path)

    bundle = case.construct(bench.stack, ID, **case.build(bench))

    assert tuple(finding.rule.id for finding in bundle.findings) == case.advice
    assert all(one.acknowledged or one.severity is esm.Severity.ADVICE for one in bundle.findings)
    template = list(resources(bench.stack).values())
    for kind, wanted in case.made.items():
        found = [one["Properties"] for one in template if one["Type"] == kind]
        assert any(holds(one, wanted) for one in found), found
    assert [one["Type"] for one in template].count(MAPPING) == 1
