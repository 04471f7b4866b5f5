"""The programs in the guide run as they stand, and their templates have what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def templates(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """The resources of each type, by logical id, of what the one program of a page synthesizes."""
    for name in ("orders", "clicks"):
        handler = tmp_path / "handlers" / name / "app.py"
        handler.parent.mkdir(parents=True)
        handler.write_text("def handler(event, context):\n    return {'batchItemFailures': []}\n")
    (program,) = PROGRAM.findall((GUIDE / request.param).read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    program = program.replace('"handlers/', f'"{tmp_path}/handlers/')  # Node keeps the folder that it was started in
    exec(compile(program, request.param, "exec"), names)  # noqa: S102 - our own page
    assert isinstance(names["app"], cdk.App)
    found: dict[str, Any] = {}
    for file in Path(names["app"].outdir).glob("*.template.json"):
        for name, resource in json.loads(file.read_text(encoding="utf-8"))["Resources"].items():
            found.setdefault(resource["Type"], {})[name] = resource
    return found


def one(templates: dict[str, Any], kind: str, part: str = "") -> dict[str, Any]:
    """The properties of the one resource of a type, whose id has a part."""
    (found,) = (resource for name, resource in templates[kind].items() if part in name)
    return dict(found["Properties"])


@pytest.mark.parametrize("templates", ["rollout.md"], indirect=True)
def test_the_rollout_takes_back_on_alarms(templates: dict[str, Any]) -> None:
    group = one(templates, "AWS::CodeDeploy::DeploymentGroup")

    assert group["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    assert [alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"]["Alarms"]]
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
    (alias,) = templates["AWS::Lambda::Alias"].values()
    assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]


@pytest.mark.parametrize("templates", ["escape.md"], indirect=True)
def test_every_hatch_of_the_page_opens(templates: dict[str, Any]) -> None:
    mapping = one(templates, "AWS::Lambda::EventSourceMapping")
    function = one(templates, "AWS::Lambda::Function")

    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 20}
    assert mapping["Tags"] == [{"Key": "team", "Value": "orders"}]
    assert function["EphemeralStorage"] == {"Size": 2048}
    assert function["LoggingConfig"]["LogFormat"] == "JSON"
    assert function["Environment"]["Variables"] == {"STAGE": "live"}
    assert {"Key": "cost-centre", "Value": "1234"} in function["Tags"]
    queues = [queue["Properties"] for queue in templates["AWS::SQS::Queue"].values()]
    assert [queue.get("KmsDataKeyReusePeriodSeconds") for queue in queues].count(3600) == 1
    errors = one(templates, "AWS::CloudWatch::Alarm", "ErrorsAlarm")
    assert (errors["EvaluationPeriods"], errors["DatapointsToAlarm"]) == (3, 2)


@pytest.mark.parametrize("templates", ["defaults.md"], indirect=True)
def test_the_defaults_of_the_page_hold_in_the_app_and_its_stage(
    capsys: pytest.CaptureFixture[str],
    templates: dict[str, Any],  # after what reads the page's output
) -> None:
    # The stage has an assembly of its own, so these are the resources of the stack in the app.
    mapping, log_group = one(templates, "AWS::Lambda::EventSourceMapping"), one(templates, "AWS::Logs::LogGroup")
    assert mapping["Tags"] == [{"Key": "team", "Value": "shop"}]
    assert log_group["RetentionInDays"] == 90
    assert {len(alarm["Properties"]["AlarmActions"]) for alarm in templates["AWS::CloudWatch::Alarm"].values()} == {1}
    assert "organization tags, alarms.notify, function.log_retention" in capsys.readouterr().out


@pytest.mark.parametrize("templates", ["dashboard.md"], indirect=True)
def test_the_dashboard_of_the_page_shows_both_mappings(templates: dict[str, Any]) -> None:
    body = json.dumps(one(templates, "AWS::CloudWatch::Dashboard"))

    assert "## Shop/Orders" in body
    assert "## Shop/Clicks" in body
    assert one(templates, "AWS::CloudWatch::CompositeAlarm")["AlarmActions"]


@pytest.mark.parametrize("page", [GUIDE / "check.md", GUIDE.parents[1] / "README.md"], ids=lambda page: page.name)
def test_what_is_added_to_an_app_names_all_that_it_needs(page: Path, app: cdk.App) -> None:
    """A block that is pasted into an app has the app, and this library."""
    (added,) = (one for one in PROGRAM.findall(page.read_text(encoding="utf-8")) if "MappingValidation()" in one)
    queue = "arn:aws:sqs:eu-west-1:111122223333:orders"
    stack = cdk.Stack(app, "Shop")
    lambda_.CfnEventSourceMapping(stack, "Orders", function_name="orders", event_source_arn=queue, batch_size=100)

    exec(compile(added, page.name, "exec"), {"app": app, "esm": esm})  # noqa: S102 - our own page

    report = json.loads(Path(app.synth().directory, "validation-report.json").read_text(encoding="utf-8"))
    assert "ESM201" in {one["ruleName"] for plugin in report["pluginReports"] for one in plugin["violations"]}
