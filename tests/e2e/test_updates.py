"""A change in place keeps the mapping, ``cdk-esm diff`` names one that replaces it, and a deletion keeps data."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.deploy import Assembly, deploy
from tests.e2e.exclusions import deployable
from tests.e2e.mutants import of_type
from tests.e2e.server import ROOT, Server
from tests.e2e.waiting import until


def diff(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What ``cdk-esm diff`` says of two versions of a stack's template."""
    for version, template in (("old", old), ("new", new)):
        (folder / version).mkdir()
        (folder / version / "Shop.template.json").write_text(json.dumps(template), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "cdk_esm", "diff", folder / "old", folder / "new"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def with_setting(template: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    changed = copy.deepcopy(template)
    for properties in of_type(changed, "AWS::Lambda::EventSourceMapping"):
        properties[name] = value
    assert changed != template
    return changed


def test_a_change_in_place_keeps_the_id_and_a_deletion_keeps_the_data(
    server: Server, assembly: Assembly, tmp_path: Path
) -> None:
    template = deployable(assembly.template("ShopOrders"))
    changed = with_setting(template, "BatchSize", 5)
    before = deploy(server, "ShopOrdersChanged", template).mapping("Orders")

    told = diff(tmp_path, template, changed)
    after = deploy(server, "ShopOrdersChanged", changed).mapping("Orders")

    assert told.returncode == 0, told.stdout
    assert after.uuid == before.uuid
    assert after.read()["BatchSize"] == 5

    server.client("cloudformation").delete_stack(StackName="ShopOrdersChanged")
    sqs, lambda_ = server.client("sqs"), server.client("lambda")
    # AWS would keep them likewise, and give a stack of that name new ones, with other names.
    assert sqs.get_queue_attributes(QueueUrl=after.source, AttributeNames=["QueueArn"])
    assert server.client("dynamodb").describe_table(TableName=after.environment("ORDER_TABLE"))
    gone = until(
        lambda: after.uuid not in {one["UUID"] for one in lambda_.list_event_source_mappings()["EventSourceMappings"]}
    )
    assert gone


@pytest.mark.parametrize("name", ["ShopClicks", "ShopProducts"])
def test_a_change_that_would_replace_a_mapping_is_named_before(assembly: Assembly, tmp_path: Path, name: str) -> None:
    template = assembly.template(name)

    told = diff(tmp_path, template, with_setting(template, "StartingPosition", "LATEST"))

    assert told.returncode == 1
    assert "mapping-replacement-refused" in told.stdout
