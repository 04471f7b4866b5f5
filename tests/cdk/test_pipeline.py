"""The sample app's pipeline: what stands in the way of a deployment, in which order, and what it is allowed."""

from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.__main__ import parser
from cdk_esm.report.deployment import needs_to_deploy, policy_to_deploy, told
from sample_app.context import ROOT
from sample_app.pipeline.stack import STAGES, PipelineStack
from tests.cdk.templates import quiet_app

PARTS: Final = ("ShopOrders",)
SCRIPT: Final = ROOT / "sample_app" / "pipeline" / "difference.sh"
Resources = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    app = quiet_app(tmp_path_factory.mktemp("pipeline"))
    PipelineStack(app, "ShopPipeline", PARTS)
    return Path(app.synth().directory)


@pytest.fixture(scope="module")
def resources(assembly: Path) -> Resources:
    found: Resources = json.loads((assembly / "ShopPipeline.template.json").read_text("utf-8"))["Resources"]
    return found


def stages(resources: Resources) -> dict[str, list[dict[str, Any]]]:
    """The actions of each stage of the pipeline, in the order in which they run."""
    [pipeline] = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::CodePipeline::Pipeline"]
    return {
        stage["Name"]: sorted(stage["Actions"], key=lambda one: int(one["RunOrder"])) for stage in pipeline["Stages"]
    }


def commands(resources: Resources, action: dict[str, Any]) -> list[str]:
    """What a step of CodeBuild runs."""
    project = resources[action["Configuration"]["ProjectName"]["Ref"]]["Properties"]
    spec = json.loads(project["Source"]["BuildSpec"])
    return [line for phase in spec["phases"].values() for line in phase.get("commands", ())]


def test_nothing_is_deployed_before_the_mappings_are_checked_and_the_tests_have_run(resources: Resources) -> None:
    found = stages(resources)
    names = list(found)
    judged = {action["Name"]: commands(resources, action) for action in found["Judge"]}

    assert names[-3:] == ["Judge", *STAGES]
    assert names.index("Build") < names.index("Judge")
    assert "cdk-esm check assembly" in judged["Check"]
    assert "python -m pytest sample_app/tests" in judged["Tests"]


@pytest.mark.parametrize(("stage", "asks"), STAGES.items())
def test_each_stage_tells_what_it_would_do_before_it_does_it(resources: Resources, stage: str, asks: bool) -> None:
    order = {action["Name"]: int(action["RunOrder"]) for action in stages(resources)[stage]}
    [deployed] = [place for name, place in order.items() if name.endswith("Deploy")]
    [change_set] = [place for name, place in order.items() if name.endswith("Prepare")]

    assert order[f"Difference{stage}"] < change_set < deployed
    assert (f"Release{stage}" in order) is asks
    if asks:
        assert order[f"Difference{stage}"] < order[f"Release{stage}"] < change_set


def test_the_comparison_may_read_the_stacks_of_its_stage_and_no_more(resources: Resources) -> None:
    reading = [
        statement
        for one in resources.values()
        if one["Type"] == "AWS::IAM::Policy"
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
        if "cloudformation:GetTemplate" in statement["Action"]
    ]

    assert [statement["Action"] for statement in reading] == [
        ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"]
    ] * len(STAGES)
    assert [
        json.dumps(statement["Resource"]).count(f"stack/{stage}-ShopOrders/*")
        for statement, stage in zip(reading, STAGES, strict=True)
    ] == [1, 1]


def test_each_command_of_ours_can_be_run(resources: Resources) -> None:
    every = [
        line
        for actions in stages(resources).values()
        for action in actions
        if action["ActionTypeId"]["Provider"] == "CodeBuild"
        for line in commands(resources, action)
    ]
    ours = [line for line in every if line.startswith("cdk-esm ")]

    assert ours == ["cdk-esm check assembly"]
    assert parser().parse_args(shlex.split(ours[0])[1:]).paths == ["assembly"]
    for line in every:
        assert not line.startswith("bash ") or (ROOT / shlex.split(line)[1]).is_file()


def test_the_assembly_that_is_checked_holds_the_mappings_of_every_stage(assembly: Path) -> None:
    plans = esm.read_assembly(assembly)

    assert [plan.path.split("/")[:3] for plan in plans] == [["ShopPipeline", stage, "ShopOrders"] for stage in STAGES]
    assert [one for one in esm.check(plans) if one.severity != esm.Severity.ADVICE and one.acknowledged is None] == []


def test_the_list_for_the_deploying_role_is_printed_and_is_a_policy_too(assembly: Path, tmp_path: Path) -> None:
    def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sample_app.deploying_role", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    needs = needs_to_deploy(esm.read_assembly(assembly))
    missing = asked(str(tmp_path))

    assert "lambda:TagResource" in {action for one in needs for action in one.actions}
    assert asked(str(assembly)).stdout == told(needs) + "\n"
    assert json.loads(asked(str(assembly), "--json").stdout) == policy_to_deploy(needs)
    assert missing.returncode == 1
    assert missing.stderr.startswith("sample_app: ")


AWS: Final = """\
#!/bin/sh
# A stand-in for the AWS CLI: it knows the stacks that are files of the folder HAS.
case "$2" in
  describe-stacks) test -n "$DENIED" && { echo "AccessDenied" >&2; exit 254; }
    test -f "$HAS/$4.json" || { echo "Stack with id $4 does not exist" >&2; exit 254; } ;;
  get-template) printf '{"TemplateBody": '; cat "$HAS/$4.json"; printf '}' ;;
esac
"""


def compared(assembly: Path, folder: Path, has: dict[str, dict[str, Any]], *, denied: str = "") -> tuple[int, str]:
    """Run the script on a stage, beside what is deployed; its exit status, and its comment."""
    tools, deployed = folder / "bin", folder / "has"
    tools.mkdir()
    deployed.mkdir()
    for name, template in has.items():
        (deployed / f"{name}.json").write_text(json.dumps(template), encoding="utf-8")
    ours = f'#!/bin/sh\nexec "{sys.executable}" -m cdk_esm "$@"\n'
    for name, text in (("aws", AWS), ("cdk-esm", ours)):
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(stat.S_IRWXU)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HAS": str(deployed),
        "DENIED": denied,
    }
    command = ["bash", str(SCRIPT), str(assembly / "assembly-ShopPipeline-Test"), "Test-ShopOrders"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    comment = folder / "difference.md"
    return done.returncode, comment.read_text("utf-8") if comment.exists() else done.stderr


def stage_template(assembly: Path) -> dict[str, Any]:
    [path] = (assembly / "assembly-ShopPipeline-Test").glob("*.template.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_script_tells_a_first_deployment_from_one_that_changes_nothing(assembly: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    new = compared(assembly, first, {})
    same = compared(assembly, second, {"Test-ShopOrders": stage_template(assembly)})

    assert (new[0], same[0]) == (0, 0)
    assert "a new mapping" in new[1]
    assert "a new mapping" not in same[1]


def test_the_script_comments_on_a_loss_and_leaves_it_to_whoever_approves(assembly: Path, tmp_path: Path) -> None:
    before = stage_template(assembly)
    [(name, mapping)] = [
        item for item in before["Resources"].items() if item[1]["Type"] == "AWS::Lambda::EventSourceMapping"
    ]
    before["Resources"]["Old" + name] = mapping
    del before["Resources"][name]
    status, comment = compared(assembly, tmp_path, {"Test-ShopOrders": before})

    assert status == 0
    assert "**error**" in comment or "**danger**" in comment


def test_the_script_fails_if_it_may_not_look(assembly: Path, tmp_path: Path) -> None:
    status, said = compared(assembly, tmp_path, {}, denied="yes")

    assert status == 2
    assert "AccessDenied" in said
