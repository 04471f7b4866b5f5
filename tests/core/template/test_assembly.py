"""A cloud assembly: stacks, stages and nested stacks, and how one finds what is in another."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.errors import TemplateError
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.testing.templates import get, mapping, ref, resource, template


def stack_artifact(name: str, environment: str = "unknown-account/unknown-region") -> dict[str, Any]:
    return {
        "type": "aws:cloudformation:stack",
        "environment": f"aws://{environment}",
        "properties": {"templateFile": f"{name}.template.json", "stackName": f"prod-{name}"},
        "additionalMetadataFile": f"{name}.metadata.json",
    }


def write(folder: Path, **files: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name.replace('__', '.')}.json").write_text(json.dumps(content))


def queue_of(plan: MappingPlan) -> Queue:
    assert isinstance(plan.event_source, Queue)
    return plan.event_source


EXPORTING = {
    "Resources": {"Queue": resource("SQS::Queue", {"VisibilityTimeout": 99})},
    "Outputs": {
        "QueueArn": {"Value": get("Queue"), "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-queue"}}},
    },
}


@pytest.mark.parametrize(
    ("source", "weak"),
    [
        pytest.param({"Fn::ImportValue": "prod-Queues-queue"}, False, id="export"),
        pytest.param({"Fn::GetStackOutput": {"StackName": "prod-Queues", "OutputName": "QueueArn"}}, True, id="output"),
    ],
)
def test_queue_of_another_stack_is_found(tmp_path: Path, source: Any, *, weak: bool) -> None:
    artifacts = {"Queues": stack_artifact("Queues"), "Shop": stack_artifact("Shop", "111122223333/eu-west-1")}
    artifacts["Queues"]["environment"] = artifacts["Shop"]["environment"]
    write(
        tmp_path,
        manifest={"artifacts": artifacts},
        Queues__template=EXPORTING,
        Shop__template=template({"Orders": mapping(source)}),
    )

    [plan] = esm.read_assembly(tmp_path)

    queue = queue_of(plan)
    assert (queue.identity, queue.visibility_timeout_seconds, queue.weakly_referenced) == ("Queues/Queue", 99, weak)
    assert (queue.region, plan.function.account) == ("eu-west-1", "111122223333")


def test_same_export_of_two_stages_tells_nothing_across_them(tmp_path: Path) -> None:
    exporting = {**EXPORTING, "Outputs": {"A": {"Value": get("Queue"), "Export": {"Name": "queue"}}}}
    artifacts = {name: stack_artifact(name) for name in ("One", "Two", "Shop")}
    write(
        tmp_path,
        manifest={"artifacts": artifacts},
        One__template=exporting,
        Two__template=exporting,
        Shop__template=template({"Orders": mapping({"Fn::ImportValue": "queue"})}),
    )

    [plan] = esm.read_assembly(tmp_path)

    assert queue_of(plan).existing


def test_stage_is_read_and_paths_come_from_its_metadata(tmp_path: Path) -> None:
    said = {"/Prod/Shop/Orders/Resource": [{"type": "aws:cdk:logicalId", "data": "Orders"}]}
    write(
        tmp_path,
        manifest={
            "artifacts": {"Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}}
        },
    )
    write(
        tmp_path / "assembly-Prod",
        manifest={"artifacts": {"Shop": stack_artifact("Shop")}},
        Shop__template=template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}),
        Shop__metadata=said,
    )

    [plan] = esm.read_assembly(tmp_path)

    assert plan.path == "Prod/Shop/Orders"
    assert plan.template == str(tmp_path / "assembly-Prod" / "Shop.template.json")


@pytest.mark.parametrize("by_metadata", [True, False])
def test_nested_stack_is_read_with_what_it_is_given(tmp_path: Path, *, by_metadata: bool) -> None:
    nested = resource(
        "CloudFormation::Stack",
        {
            "Parameters": {"QueueArn": get("Queue")},
            "TemplateURL": {"Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/0a1b.json"},
        },
    )
    if by_metadata:
        nested["Metadata"] = {"aws:asset:path": "Inner.nested.template.json"}
    inner = template(
        {"Orders": mapping(ref("QueueArn"))},
        Parameters={"QueueArn": {"Type": "String"}},
        Outputs={"Given": {"Value": ref("QueueArn")}},
    )
    said = {
        "/Shop/Inner.NestedStack/Inner.NestedStackResource": [{"type": "aws:cdk:logicalId", "data": "Inner"}],
        "/Shop/Inner/Orders/Resource": [{"type": "aws:cdk:logicalId", "data": "Orders"}],
        "/Shop/Back/Resource": [{"type": "aws:cdk:logicalId", "data": "Orders"}],
    }
    queue = resource("SQS::Queue", {"VisibilityTimeout": 99})
    write(
        tmp_path,
        manifest={"artifacts": {"Shop": stack_artifact("Shop")}},
        Shop__template=template({"Queue": queue, "Inner": nested, "Back": mapping(get("Inner", "Outputs.Given"))}),
        Shop__metadata=said,
        Shop__assets={"files": {"0a1b": {"source": {"path": "Inner.nested.template.json"}}}},
        Inner__nested__template=inner,
    )

    back, orders = esm.read_assembly(tmp_path)

    assert orders.path == "Shop/Inner/Orders"
    assert queue_of(orders).identity == queue_of(back).identity == "Shop/Queue"
    assert queue_of(orders).visibility_timeout_seconds == 99


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        pytest.param(None, "no cloud assembly", id="no manifest"),
        pytest.param({"artifacts": {"Shop": stack_artifact("Shop")}}, "No such file", id="no template"),
        pytest.param({"artifacts": {"Shop": stack_artifact("../Shop")}}, "outside of the assembly", id="outside"),
        pytest.param(
            {"artifacts": {"Own": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}}},
            "nested more than",
            id="holds itself",
        ),
        pytest.param(
            {"artifacts": {"Own": {"type": "cdk:cloud-assembly", "properties": {}}}}, "has no name", id="no folder"
        ),
    ],
)
def test_what_is_no_assembly_is_refused(tmp_path: Path, manifest: Any, reason: str) -> None:
    if manifest is not None:
        write(tmp_path, manifest=manifest)

    with pytest.raises(TemplateError, match=reason):
        esm.read_assembly(tmp_path)


@pytest.mark.parametrize("manifest", [[], {}, {"artifacts": []}, {"artifacts": {"A": 1}}], ids=repr)
def test_manifest_without_stacks_has_no_mappings(tmp_path: Path, manifest: Any) -> None:
    write(tmp_path, manifest=manifest)

    assert esm.read_assembly(tmp_path) == []


@pytest.mark.parametrize(
    ("environment", "names", "found"),
    [
        pytest.param("111122223333/eu-west-1", ("orders", "other"), True, id="in that place"),
        pytest.param("444455556666/eu-west-1", ("orders", "other"), False, id="in another account"),
        pytest.param("111122223333/us-east-1", ("orders", "other"), False, id="in another Region"),
        pytest.param("unknown-account/unknown-region", ("orders", "other"), False, id="wherever it is deployed"),
        pytest.param("111122223333/eu-west-1", ("orders", "orders"), False, id="two of the name"),
    ],
)
def test_an_arn_that_is_written_out_names_a_queue_of_another_stack(
    tmp_path: Path, environment: str, names: tuple[str, str], *, found: bool
) -> None:
    one, other = ({"Resources": {"Queue": resource("SQS::Queue", {"QueueName": name})}} for name in names)
    artifacts = {name: stack_artifact(name, environment) for name in ("Queues", "Others")}
    write(
        tmp_path,
        manifest={"artifacts": artifacts | {"Shop": stack_artifact("Shop")}},
        Queues__template=one,
        Others__template=other,
        Shop__template=template({"Orders": mapping("arn:aws:sqs:eu-west-1:111122223333:orders")}),
    )

    [plan] = esm.read_assembly(tmp_path)

    assert queue_of(plan).existing is not found
