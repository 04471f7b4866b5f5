"""An app of a team is taken over by pasting what ``cdk-esm adopt`` prints; nothing is edited but marked names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import aws_cdk as cdk
import pytest

from cdk_esm import read_assembly
from tests.cdk.adopt.pasted import REPLACED, bound_by_path, compared, kept, paste, printed, resources, said
from tests.cdk.adopt.team import Wire, synthesized

MAPPING: Final = "AWS::Lambda::EventSourceMapping"
STATEFUL: Final = (
    "AWS::SQS::Queue",
    "AWS::Kinesis::Stream",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::MSK::Cluster",
)
ADVICE: Final = {"ESM327": "retries without an end are written now, where the template said nothing and meant the same"}


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("team")
    old = synthesized(folder / "old")
    code, names = printed(old)

    def wire(app: cdk.App) -> Wire:
        def paste_there(stack: cdk.Stack) -> None:
            paste(code[stack.stack_name], stack, bound_by_path(names, app, lambda _: None))

        return paste_there

    return old, synthesized(folder / "new", wire)


def test_no_mapping_and_nothing_that_holds_records_is_replaced(sides: tuple[Path, Path]) -> None:
    old, new = map(resources, sides)

    assert not REPLACED & {change["change"] for change in compared(*sides)}
    for kind in (MAPPING, *STATEFUL):
        before = {name for name, one in old.items() if one["Type"] == kind}
        assert before
        assert before == {name for name, one in new.items() if one["Type"] == kind}


def test_what_holds_records_is_exactly_as_it_was(sides: tuple[Path, Path]) -> None:
    old, new = map(resources, sides)

    for name, one in old.items():
        if one["Type"] in STATEFUL:
            assert new[name] == one


def test_diff_tells_nothing_and_check_only_what_was_there_but_for_named_advice(sides: tuple[Path, Path]) -> None:
    changes = compared(*sides)
    findings = [_findings(side) for side in sides]

    assert changes == []
    assert {one[1] for one in findings[1]} <= {one[1] for one in findings[0]} | ADVICE.keys()
    assert said("check", str(sides[1]))[0] == 0


def _findings(side: Path) -> set[tuple[str, str]]:
    _, text = said("check", str(side), "--format", "json")
    return {(one["logical_id"], one["rule"]) for one in json.loads(text)["findings"] if one["acknowledged"] is None}


def test_each_mapping_keeps_its_settings(sides: tuple[Path, Path]) -> None:
    old, new = (kept(read_assembly(side)) for side in sides)

    assert old
    assert old == new
