"""CDK's own event sources: what is found in their templates is true, and ``docs/guide/peers.md`` says why."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.doors.cdk_event_sources import EVERY
from tests.core.peers.documented import Found, documented, found_in

DOCUMENTED: Final = documented("cdk")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    out = str(tmp_path_factory.mktemp("event-sources"))
    app = cdk.App(outdir=out)
    for name, make in EVERY.items():
        make(cdk.Stack(app, name))
    app.synth()
    plans: dict[str, list[esm.MappingPlan]] = {name: [] for name in EVERY}
    for plan in esm.read_assembly(out):
        plans[plan.path.partition("/")[0]].append(plan)
    assert all(plans.values())
    return {name: found_in(own) for name, own in plans.items()}


@pytest.mark.parametrize("name", EVERY)
def test_an_event_source_of_cdk_has_the_findings_that_are_documented(name: str, found: dict[str, Found]) -> None:
    assert found[name] == DOCUMENTED[name]


def test_every_event_source_of_cdk_is_documented() -> None:
    assert EVERY.keys() == DOCUMENTED.keys()


def test_what_is_right_on_a_queue_has_no_finding_at_all() -> None:
    right = [name for name in EVERY if name.startswith("sqs") and not name.endswith(("defaults", "long-function"))]

    assert len(right) >= 4
    assert not any(DOCUMENTED[name] for name in right)
