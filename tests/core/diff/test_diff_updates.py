"""What Lambda refuses to change on a mapping that is there: a database, a collection, and all beside a virtual host."""

from pathlib import Path

import pytest

from cdk_esm.diff.markdown import as_markdown
from cdk_esm.testing.templates import ref, resource
from tests.core.diff.diff_templates import (
    Template,
    changed,
    difference,
    documentdb,
    kafka,
    msk,
    queue,
    rabbitmq,
    renamed,
)

DANGER, ADVICE, ERROR = "danger", "advice", "error"
HOST = "/shop"
VERSIONS = {name: resource("Lambda::Version", {"FunctionName": ref("Function")}) for name in ("V1", "V2")}


def versioned(host: str | None, version: str) -> Template:
    """A mapping of one of two versions of the function."""
    document = rabbitmq(host, FunctionName=ref(version))
    document["Resources"].update(VERSIONS)
    return document


FIRE = [
    pytest.param(documentdb(), documentdb("other"), "setting-stays", DANGER, id="another database"),
    pytest.param(documentdb(), documentdb(collection="orders"), "setting-stays", DANGER, id="a first collection"),
    pytest.param(
        documentdb(collection="orders"), documentdb(collection="paid"), "setting-stays", DANGER, id="another collection"
    ),
    pytest.param(documentdb(collection="orders"), documentdb(), "setting-stays", DANGER, id="no collection any more"),
    pytest.param(rabbitmq(HOST), rabbitmq(HOST, BatchSize=5), "update-refused", DANGER, id="a batch beside a host"),
    pytest.param(rabbitmq("/"), rabbitmq("/", Enabled=False), "update-refused", DANGER, id="the default host named"),
    pytest.param(rabbitmq(HOST), rabbitmq("/", BatchSize=5), "update-refused", DANGER, id="a batch and the host"),
    pytest.param(rabbitmq(), rabbitmq("/"), "update-refused", DANGER, id="the default host, now named"),
    pytest.param(versioned(HOST, "V1"), versioned(HOST, "V2"), "update-refused", DANGER, id="a version with a host"),
    pytest.param(
        rabbitmq(HOST),
        rabbitmq(HOST, KmsKeyArn={"Fn::ImportValue": "key"}),
        "update-refused",
        ADVICE,
        id="what only the deployment knows",
    ),
    pytest.param(rabbitmq(HOST), rabbitmq(), "setting-stays", DANGER, id="the host gone"),
    pytest.param(rabbitmq(), rabbitmq(HOST), "setting-stays", DANGER, id="a first host"),
]
SILENT = [
    pytest.param(rabbitmq("/"), rabbitmq(), "update-refused", id="the default host, no longer named"),
    pytest.param(rabbitmq("/"), rabbitmq(), "setting-stays", id="the default host is the same"),
    pytest.param(rabbitmq(), rabbitmq(BatchSize=5), "update-refused", id="no host"),
    pytest.param(versioned(None, "V1"), versioned(None, "V2"), "update-refused", id="a version without a host"),
    pytest.param(
        rabbitmq(HOST), changed(rabbitmq(HOST), "Function.Properties.MemorySize", 512), "update-refused", id="memory"
    ),
    pytest.param(
        rabbitmq(HOST),
        rabbitmq(HOST, BatchSize=5, EventSourceArn="arn:aws:mq:eu-west-1:1:broker:other:b-2"),
        "update-refused",
        id="a mapping that is replaced",
    ),
    pytest.param(documentdb(), documentdb(BatchSize=5), "setting-stays", id="a batch of a database"),
    pytest.param(documentdb({"Ref": "Name"}), documentdb("other"), "setting-stays", id="an unknown database"),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_what_lambda_does_not_change_is_told(
    tmp_path: Path, old: Template, new: Template, kind: str, severity: str
) -> None:
    told = [(change.kind.name, str(change.severity)) for change in difference(tmp_path, old, new).changes]

    assert (kind, severity) in told


@pytest.mark.parametrize(("old", "new", "kind"), SILENT)
def test_what_lambda_changes_is_not_told_so(tmp_path: Path, old: Template, new: Template, kind: str) -> None:
    assert kind not in [change.kind.name for change in difference(tmp_path, old, new).changes]


def test_a_report_is_named_as_the_evidence_of_what_no_page_says(tmp_path: Path) -> None:
    [database] = difference(tmp_path, documentdb(), documentdb("other")).changes
    [host] = difference(tmp_path, rabbitmq(HOST), rabbitmq(HOST, Tags=[{"Key": "a", "Value": "b"}])).changes
    topics = difference(tmp_path, msk(), msk(Topics=["returns"])).changes

    assert database.evidence == "reported once"
    assert host.evidence == "documented for the API, reported once for CloudFormation"
    assert [change.evidence for change in topics if change.kind.name == "setting-stays"] == [None]


def test_markdown_has_the_evidence_in_the_row_or_beside_the_kind(tmp_path: Path) -> None:
    database = as_markdown(difference(tmp_path, documentdb(), documentdb("other"))).splitlines()
    host = as_markdown(difference(tmp_path, rabbitmq(HOST), rabbitmq(HOST, BatchSize=5))).splitlines()

    [row] = [line for line in database if line.startswith("| **danger**")]
    assert row.endswith("; evidence: reported once |")
    [beside] = [line for line in host if line.startswith("- **update-refused**")]
    assert "Evidence: documented for the API, reported once for CloudFormation." in beside


def test_the_fix_beside_a_virtual_host_is_the_default_host_or_an_alias(tmp_path: Path) -> None:
    [change] = difference(tmp_path, rabbitmq(HOST), rabbitmq(HOST, Enabled=True)).changes

    assert change.fix.startswith("leave the virtual host out if it is /, which is the default; otherwise map an alias")


def test_another_host_alone_is_told_once(tmp_path: Path) -> None:
    told = [change.kind.name for change in difference(tmp_path, rabbitmq("/"), rabbitmq(HOST)).changes]

    assert told == ["setting-stays"]


def test_a_renamed_mapping_names_the_old_id_to_paste_and_the_two_steps(tmp_path: Path) -> None:
    [change] = difference(tmp_path, queue(), renamed(queue(), "Orders", "Sales")).changes

    assert 'logical_id="Orders" on a construct of cdk_esm' in change.fix
    assert 'mapping.override_logical_id("Orders") on the CfnEventSourceMapping of plain CDK' in change.fix
    assert "the key Orders in a template" in change.fix
    assert "take the mapping out, deploy, add it as it is to be, deploy" in change.fix
    assert "map an alias of the function" in change.fix


def test_a_setting_that_replaces_the_mapping_names_the_two_steps(tmp_path: Path) -> None:
    document = kafka(StartingPosition="LATEST")
    changes = difference(tmp_path, document, changed(document, "Orders.Properties.StartingPosition", "TRIM_HORIZON"))

    [fix] = [one.fix for one in changes.changes if one.kind.name == "mapping-replacement-refused"]
    assert "take the mapping out, deploy, add it as it is to be, deploy" in fix


def test_a_topic_and_a_starting_position_together_are_a_new_mapping_with_both(tmp_path: Path) -> None:
    old = msk(Topics=["orders"])
    new = msk(StartingPosition="TRIM_HORIZON", Topics=["returns"])

    assert "setting-stays" not in [change.kind.name for change in difference(tmp_path, old, new).changes]


REGION = {"Ref": "AWS::Region"}


def grouped(group: object) -> Template:
    """A mapping that reads in a group; in that of the service, if it has none."""
    return msk(AmazonManagedKafkaEventSourceConfig={} if group is None else {"ConsumerGroupId": group})


def with_region(before: str, after: str) -> dict[str, object]:
    return {"Fn::Join": ["-", [before, REGION, after]]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(with_region("shop", "aa"), with_region("shop", "bb"), id="another end"),
        pytest.param(with_region("shop", "aa"), with_region("store", "aa"), id="another beginning"),
        pytest.param("orders", with_region("shop", "aa"), id="a text before"),
        pytest.param(None, with_region("shop", "aa"), id="none before"),
        pytest.param(with_region("shop", "aa"), None, id="none any more"),
    ],
)
def test_a_group_that_the_deployment_completes_is_compared_by_its_ends(
    old: object, new: object, tmp_path: Path
) -> None:
    changes = [one for one in difference(tmp_path, grouped(old), grouped(new)).changes if "Group" in str(one.setting)]

    assert [(one.kind.name, one.severity) for one in changes] == [("setting-stays", DANGER)]
    assert "consumer_group_id=" in changes[0].fix


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(with_region("shop", "aa"), with_region("shop", "aa"), id="the same"),
        pytest.param({"Ref": "Group"}, "orders", id="a parameter"),
        pytest.param("shop-eu-west-1-aa", with_region("shop", "aa"), id="a text that may be it"),
    ],
)
def test_a_group_that_may_be_the_same_is_no_change(old: object, new: object, tmp_path: Path) -> None:
    before, after = ({**grouped(one), "Parameters": {"Group": {"Type": "String"}}} for one in (old, new))

    assert "setting-stays" not in [change.kind.name for change in difference(tmp_path, before, after).changes]


def test_a_group_of_a_mapping_that_is_made_anew_is_taken(tmp_path: Path) -> None:
    old, new = grouped(with_region("shop", "aa")), grouped(with_region("shop", "bb"))
    elsewhere = "arn:aws:kafka:eu-west-1:111122223333:cluster/other/1-2"
    new = changed(new, "Orders.Properties.EventSourceArn", elsewhere)

    assert "setting-stays" not in [change.kind.name for change in difference(tmp_path, old, new).changes]
