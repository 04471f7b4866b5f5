"""Our rules inside cfn-lint, as it runs them: what it says, where, and how grave it takes it."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.rules.engine import rules
from cdk_esm.testing.templates import without_fault

BAD = """\
Resources:
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
      FunctionName: fulfil
      BatchSize: 100
      FilterCriteria:
        Filters:
          - Pattern: '{"data": {"a": ["x"]}}'
          - Pattern: '{"body": {"a": ["x"]}}'
"""
GOOD = BAD.replace("100", "10").replace("data", "body")


def lint(file: Path, *arguments: str) -> list[tuple[str, int]]:
    """What cfn-lint says with our rules: ids and lines; its own rules are left out."""
    from cfnlint.config import ConfigMixIn  # noqa: PLC0415 - it need not be installed
    from cfnlint.runner import Runner  # noqa: PLC0415 - likewise

    matches = Runner(ConfigMixIn([str(file), "--append-rules", "cdk_esm.cfn_lint", *arguments])).run()
    return sorted((match.rule.id, match.linenumber) for match in matches if "ESM" in match.rule.id)


def write(folder: Path, text: str, name: str = "template.yaml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_findings_stand_at_their_settings_and_at_the_mapping_where_the_setting_is_absent(tmp_path: Path) -> None:
    assert lint(write(tmp_path, BAD)) == [("EESM201", 2), ("WESM502", 8)]


def test_the_command_ends_as_with_rules_of_its_own(tmp_path: Path) -> None:
    program = "import sys; from cfnlint.runner.cli import main; sys.exit(main())"
    arguments = [str(write(tmp_path, BAD)), "--append-rules", "cdk_esm.cfn_lint"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=False, capture_output=True, text=True, env=environment
    )

    assert (ran.returncode, ran.stderr) == (6, ""), "errors and warnings, in cfn-lint's own words for it"
    assert (
        "EESM201 BatchSize: 100 needs a MaximumBatchingWindowInSeconds of at least 1 second, got none; fix: "
        in ran.stdout
    )


def test_advice_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    found = lint(write(tmp_path, BAD), "--include-checks", "I")

    assert ("IESM311", 2) in found
    assert ("EESM201", 2) in found


def test_a_good_template_has_no_finding(tmp_path: Path) -> None:
    assert lint(write(tmp_path, GOOD)) == []
    assert lint(write(tmp_path, json.dumps(without_fault()), "template.json"), "--include-checks", "I") == []


@pytest.mark.parametrize(
    "arguments", [pytest.param(("--ignore-checks", "EESM201"), id="one rule"), pytest.param(("-i", "E"), id="errors")]
)
def test_cfn_lints_own_ways_of_ignoring_hold(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert lint(write(tmp_path, BAD), *arguments) == [("WESM502", 8)]


def test_metadata_of_a_resource_ignores_a_rule_and_acknowledges_one(tmp_path: Path) -> None:
    document: dict[str, Any] = without_fault(BatchSize=100)
    del document["Resources"]["Queue"]["Properties"]["RedrivePolicy"]
    ignoring, acknowledging = deepcopy(document), deepcopy(document)
    ignoring["Resources"]["Orders"]["Metadata"] = {"cfn-lint": {"config": {"ignore_checks": ["EESM201"]}}}
    acknowledging["Resources"]["Orders"]["Metadata"] = {"cdk-esm": {"acknowledged": {"ESM308": "drained by hand"}}}

    ids = [
        [rule for rule, _ in lint(write(tmp_path, json.dumps(one), "template.json"))]
        for one in (document, ignoring, acknowledging)
    ]
    assert ids == [["EESM201", "WESM308"], ["WESM308"], ["EESM201"]]


def test_what_is_no_template_is_left_to_cfn_lint(tmp_path: Path) -> None:
    assert lint(write(tmp_path, "Resources: []\n")) == []


def test_every_rule_is_there_under_its_own_id() -> None:
    from cfnlint.rules import Rules  # noqa: PLC0415 - it need not be installed

    loaded = Rules.create_from_module("cdk_esm.cfn_lint")

    assert {rule[1:]: rule[0] for rule in loaded} == {
        rule.id: {"error": "E", "danger": "W", "advice": "I"}[rule.severity] for rule in rules().values()
    }
    assert all(rule.shortdesc and rule.description and rule.source_url for rule in loaded.values())
