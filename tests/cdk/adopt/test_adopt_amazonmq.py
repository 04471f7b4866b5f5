"""The move from ``cdk-amazonmq``, as ``docs/guide/adopt.md`` tells it: no mapping is replaced, and none is deleted.

The template of the old side is what version 0.1.9 of that library makes, without the functions of its provider.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from cdk_esm.__main__ import main
from tests.cdk.brokers.variants import SECRET, WHY
from tests.cdk.templates import quiet_app

ROOT: Final = Path(__file__).parents[3]
OLD: Final = ROOT / "tests" / "fixtures" / "adopt" / "cdk-amazonmq.json"
GUIDE: Final = (ROOT / "docs" / "guide" / "adopt.md").read_text(encoding="utf-8")
BROKERS: Final = "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-"
RABBITMQ_ID: Final = "FulfilMqEventSourceShopBrokerEB3DCE09orders6415C47E"
ACTIVEMQ_ID: Final = "CollectMqEventSourceShopActive3C984995returns39A167C4"


def a_function(stack: cdk.Stack, name: str) -> lambda_.Function:
    """The function as it was: only its event source goes."""
    return lambda_.Function(
        stack,
        name,
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
        timeout=cdk.Duration.seconds(30),
    )


def moved(folder: Path, *, keeping_ids: bool) -> Path:
    """The template after the move."""
    app = quiet_app(folder)
    stack = cdk.Stack(app, "Shop")
    alarms = esm.Alarms(thresholds={"backlog": 1_000})
    esm.RabbitMqToLambda(
        stack,
        "Orders",
        function=a_function(stack, "Fulfil"),
        broker=f"{BROKERS}555555555555",
        queue_name="orders",
        credentials=esm.SecretArn(SECRET),
        batch_size=10,
        logical_id=RABBITMQ_ID if keeping_ids else None,
        alarms=alarms,
        acknowledge={"ESM333": WHY},
    )
    esm.ActiveMqToLambda(
        stack,
        "Returns",
        function=a_function(stack, "Collect"),
        broker=f"{BROKERS}666666666666",
        queue_name="returns",
        credentials=esm.SecretArn(SECRET),
        logical_id=ACTIVEMQ_ID if keeping_ids else None,
        alarms=alarms,
        acknowledge={"ESM333": WHY},
    )
    return Path(app.synth().directory, "Shop.template.json")


def retained(folder: Path) -> Path:
    """The old template after the first step: its custom resources are retained."""
    document = json.loads(OLD.read_text(encoding="utf-8"))
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::CloudFormation::CustomResource":
            resource["DeletionPolicy"] = "Retain"
    file = folder / "Shop.template.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def told(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What ``cdk-esm diff`` says of the mappings."""
    main(["diff", str(old), str(new), "--format", "json"])
    changes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["changes"]
    return changes


def test_in_two_steps_no_mapping_is_replaced_or_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old").mkdir()
    changes = told(retained(tmp_path / "old"), moved(tmp_path / "new", keeping_ids=True), capsys)

    assert [change["change"] for change in changes if change["severity"] in ("error", "danger")] == []
    assert not {change["change"] for change in changes} & {
        "mapping-removed",
        "mapping-added",
        "mapping-renamed",
        "mapping-replaced",
        "mapping-may-be-refused",
        "handler-gone",
    }


def test_in_one_step_the_handler_of_the_old_library_would_delete_the_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = told(OLD, moved(tmp_path, keeping_ids=True), capsys)
    gone = [change for change in changes if change["change"] == "handler-gone"]

    assert [change["severity"] for change in gone] == ["danger", "danger"]
    assert {change["logical_id"] for change in gone} == {RABBITMQ_ID, ACTIVEMQ_ID}
    assert "DeletionPolicy: Retain" in gone[0]["fix"]


def test_without_the_old_ids_lambda_may_refuse_the_new_mappings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old").mkdir()
    changes = told(retained(tmp_path / "old"), moved(tmp_path / "new", keeping_ids=False), capsys)
    fixes = [change["fix"] for change in changes if change["change"] == "mapping-may-be-refused"]

    assert len(fixes) == 2
    assert any(f'logical_id="{RABBITMQ_ID}"' in fix for fix in fixes)


def test_the_mapping_stays_as_it_was(tmp_path: Path) -> None:
    old, new = (
        json.loads(file.read_text(encoding="utf-8"))["Resources"] for file in (OLD, moved(tmp_path, keeping_ids=True))
    )
    for name in (RABBITMQ_ID, ACTIVEMQ_ID):
        assert new[name]["Properties"] == old[name]["Properties"]


def test_the_permissions_are_the_same_but_for_one_that_is_not_needed(tmp_path: Path) -> None:
    def allowed(document: dict[str, Any]) -> set[str]:
        policies = [one for one in document["Resources"].values() if one["Type"] == "AWS::IAM::Policy"]
        statements = [one for policy in policies for one in policy["Properties"]["PolicyDocument"]["Statement"]]
        return {
            action
            for one in statements
            for action in (one["Action"] if isinstance(one["Action"], list) else [one["Action"]])
        }

    old, new = (
        allowed(json.loads(file.read_text(encoding="utf-8"))) for file in (OLD, moved(tmp_path, keeping_ids=True))
    )

    assert old - new == {"secretsmanager:DescribeSecret"}
    assert new - old == set()


def test_the_guide_names_the_keywords_and_the_steps() -> None:
    section = re.search(r"^## .*cdk-amazonmq.*?(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert section is not None

    for word in ("logical_id=", "RemovalPolicy.RETAIN", "handler-gone", "secretsmanager:DescribeSecret", "backlog"):
        assert word in section[0]
