"""Findings on a SAM source stand at the user's own lines, in every format, and in SAM's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.judge.formats import FORMATS
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.judge.result import Result, judge
from cdk_esm.plan import Wording
from cdk_esm.rules.engine import rule_modules
from cdk_esm.template.sam.words import PHRASES, PHRASES_OF_A_MADE_ROLE, PHRASES_OF_ITS_POLICIES
from tests.core.template.sam.building import QUEUE, READS_JOBS, function, get, mapping, source

SOURCE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Other:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
  Jobs: {Type: "AWS::SQS::Queue"}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 20
      Events:
        First:
          Type: SQS
          Properties: {Queue: !GetAtt Jobs.Arn}
        Second:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
            BatchSize: 500
"""
FIRST, SECOND = 14, 17
"""The lines of the two events."""


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(SOURCE, encoding="utf-8")
    return judge(read_inputs(["shop.yaml"]))


def test_json_names_function_event_and_property(result: Result) -> None:
    document = json.loads(FORMATS["json"](result))

    [one] = [one for one in document["findings"] if one["rule"] == "ESM201"]
    place = (one["template"], one["logical_id"], one["path"], one["setting"])
    assert place == (
        "shop.yaml",
        "Worker",
        "shop/Worker/Second",
        "Events.Second.Properties.MaximumBatchingWindowInSeconds",
    )
    assert document["summary"]["mappings"] == 2


def test_sarif_points_at_the_line_of_the_event(result: Result) -> None:
    [run] = json.loads(FORMATS["sarif"](result))["runs"]

    lines = {(one["ruleId"], one["locations"][0]["physicalLocation"]["region"]["startLine"]) for one in run["results"]}
    assert ("ESM201", SECOND) in lines
    assert {line for _, line in lines} == {FIRST, SECOND}


def test_githubs_annotations_stand_at_the_event(result: Result) -> None:
    lines = FORMATS["github"](result).splitlines()

    assert any(one.startswith(f"::error file=shop.yaml,line={SECOND},title=ESM201") for one in lines)


def test_text_names_the_event(result: Result) -> None:
    lines = FORMATS["text"](result).splitlines()

    assert lines[0] == "shop.yaml"
    begin = next(number for number, line in enumerate(lines) if "ESM201" in line)
    assert lines[begin + 4].strip() == "- shop/Worker/Second (Worker)"


@pytest.mark.parametrize("phrase", [*PHRASES, *PHRASES_OF_A_MADE_ROLE, *PHRASES_OF_ITS_POLICIES])
def test_every_phrase_is_one_that_a_rule_says(phrase: str) -> None:
    said = "\n".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in rule_modules())
    squeezed = said.replace('"\n        "', "").replace("{plan.say('FunctionName')}", "FunctionName")

    assert phrase in squeezed


@pytest.mark.parametrize(
    ("role", "where"),
    [
        pytest.param(None, "under Policies of the function", id="a role that SAM makes"),
        pytest.param(get("Own"), "in a policy of the role", id="a role of the user"),
    ],
)
def test_what_the_role_lacks_is_to_be_written_where_it_has_effect(role: Any, where: str) -> None:
    own = {"Own": {"Type": "AWS::IAM::Role"}, "Key": {"Type": "AWS::KMS::Key"}}
    jobs = {**QUEUE, "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"KmsMasterKeyId": get("Key")}}}
    worker = function(READS_JOBS, **({} if role is None else {"Role": role}))

    found = esm.check(esm.read_template(source(jobs, own, {"Worker": worker})))

    fixes = [one.fix for one in found if "kms:Decrypt" in one.fix]
    assert fixes
    assert all(where in fix for fix in fixes)


def test_mapping_by_hand_keeps_its_names_and_the_role_that_sam_makes_has_sams() -> None:
    worker = {
        "Worker": function(DeadLetterQueue={"Type": "SQS", "TargetArn": get("Lost")}),
        "Link": mapping(BatchSize=0),
    }

    found = {one.rule.id: one for one in esm.check(esm.read_template(source(QUEUE, worker)))}

    assert found["ESM101"].setting == "BatchSize"
    assert found["ESM313"].setting == "DeadLetterQueue"
    assert found["ESM414"].setting == "Policies"
    assert "under Policies of the function" in found["ESM414"].fix


@pytest.mark.parametrize(
    ("conditional", "where"),
    [
        pytest.param(False, "Policies", id="a role that SAM makes"),
        pytest.param(True, "Role", id="a role that SAM makes now and then"),
    ],
)
def test_policies_are_named_only_where_they_always_have_effect(conditional: bool, where: str) -> None:
    role = {"Fn::If": ["InProduction", get("Own"), {"Ref": "AWS::NoValue"}]}
    worker = function(READS_JOBS, **({"Role": role} if conditional else {}))
    sections = {"Conditions": {"InProduction": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}}}
    document = source(QUEUE, {"Own": {"Type": "AWS::IAM::Role"}, "Worker": worker}, **sections)

    found = [one for one in esm.check(esm.read_template(document)) if one.rule.family == "ESM4"]

    assert {one.setting for one in found} == {where}


def test_wording_translates_whole_names_only() -> None:
    wording = Wording(
        "Events.A.Properties", {"EventSourceArn": "Queue", "BatchSize": "BatchSize"}, {"Role": "Policies"}
    )

    assert (
        wording.text("EventSourceArn, EventSourceArns and x.EventSourceArn")
        == "Queue, EventSourceArns and x.EventSourceArn"
    )
    assert wording.setting("EventSourceArn") == "Events.A.Properties.Queue"
    assert wording.setting("BatchSize.Of") == "Events.A.Properties.BatchSize.Of"
    assert wording.setting("BatchSizes") == "BatchSizes"
    assert wording.setting("Role") == "Policies"
