"""The one table of CloudFormation's resource types: complete, at one with the sheets, and the only one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cdk_esm.sources import SOURCES, pages
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.resource_facts import Gives, Kind, ResourceFacts
from cdk_esm.sources.resources import RESOURCES, facts_of, gives, is_arn, itself_of
from tools.import_graph import ROOT

FOLDER = ROOT / "cdk_esm"

EVERY = [pytest.param(facts, id=name) for name, facts in RESOURCES.items()]
READ_BY_MAPPINGS = [pytest.param(facts, id=name) for name, facts in RESOURCES.items() if facts.sources]
TYPE = re.compile(r"\b(?:AWS|Custom)::\w+::\w+")
TYPES_OUTSIDE: dict[str, str] = {}
"""A file outside of the table that may spell out a type of it, and why: so far none has to."""

# What services take for the thing itself although it is no ARN.
NO_ARN_BUT_ITSELF = {
    "AWS::DocDB::DBCluster": {"Ref"},
    "AWS::DocDB::DBClusterParameterGroup": {"Ref"},
    "AWS::DocDB::DBSubnetGroup": {"Ref"},
    "AWS::DocDB::GlobalCluster": {"Ref"},
    "AWS::EC2::SecurityGroup": {"Ref", "GroupId", "Id"},
    "AWS::EC2::SecurityGroupEgress": {"Ref", "Id"},
    "AWS::EC2::SecurityGroupIngress": {"Ref", "Id"},
    "AWS::EC2::Subnet": {"Ref", "SubnetId"},
    "AWS::EC2::SubnetRouteTableAssociation": {"Ref", "Id"},
    "AWS::EC2::VPC": {"Ref", "VpcId"},
    "AWS::EC2::VPCEndpoint": {"Ref", "Id"},
    "AWS::KMS::Alias": {"Ref"},
    "AWS::KMS::Key": {"Ref"},
    "AWS::KMS::ReplicaKey": {"Ref"},
    "AWS::Lambda::Function": {"Ref"},
    "AWS::Serverless::Function": {"Ref"},
}
# ARNs that are not those of the resource itself.
ARNS_OF_OTHERS = {
    "AWS::SQS::Queue": {"RedrivePolicy.deadLetterTargetArn"},
    "AWS::Events::EventBus": {"DeadLetterConfig.Arn"},
    "AWS::Kinesis::StreamConsumer": {"StreamARN"},
    "AWS::DynamoDB::Table": {"StreamArn"},
    "AWS::DynamoDB::GlobalTable": {"StreamArn"},
    "AWS::Serverless::SimpleTable": {"StreamArn"},
    "AWS::EC2::Subnet": {"OutpostArn"},
    "AWS::S3::Bucket": {
        "MetadataTableConfiguration.S3TablesDestination.TableArn",
        "MetadataConfiguration.JournalTableConfiguration.TableArn",
        "MetadataConfiguration.InventoryTableConfiguration.TableArn",
        "MetadataConfiguration.AnnotationTableConfiguration.TableArn",
    },
}


@pytest.mark.parametrize("facts", EVERY)
def test_a_type_is_complete(facts: ResourceFacts) -> None:
    assert TYPE.fullmatch(facts.type)
    assert facts.label
    assert facts.page.startswith("https://docs.aws.amazon.com/")
    assert (facts.ref is None) == (facts.kind is Kind.CUSTOM)
    assert "Ref" not in facts.attributes
    assert facts.schema or not facts.create_only, "a macro's type is replaced as the resource that it becomes"
    assert not set(facts.create_only) & set(facts.sometimes_create_only)


@pytest.mark.parametrize("facts", EVERY)
def test_what_is_the_resource_itself_is_its_arn_or_has_a_reason(facts: ResourceFacts) -> None:
    arns = set(facts.giving(Gives.ARN))
    others = ARNS_OF_OTHERS.get(facts.type, set())

    assert others <= arns
    if facts.kind is not Kind.CUSTOM:
        assert set(facts.itself) - arns == NO_ARN_BUT_ITSELF.get(facts.type, set())
        assert arns - set(facts.itself) == others
    if arns - others:
        assert facts.itself[0] in arns, "readers take the first for the ARN"


@pytest.mark.parametrize("facts", EVERY)
def test_an_arn_that_holds_a_name_or_an_id_has_something_that_gives_it(facts: ResourceFacts) -> None:
    if facts.arn is None:
        return
    assert (facts.arn.holds is None) or facts.giving(facts.arn.holds) or facts.name is not None
    assert facts.arn.holds in (None, Gives.NAME, Gives.ID)


@pytest.mark.parametrize("facts", READ_BY_MAPPINGS)
def test_a_source_of_mappings_agrees_with_its_sheet(facts: ResourceFacts) -> None:
    assert facts.name is not None, "diff tells by its name whether a source can be replaced"
    assert facts.arn is not None
    elastic = facts.kind is Kind.ELASTIC_DOCUMENT_CLUSTER  # the sheet has the service of the other clusters
    services = {SOURCES[kind].arn_service for kind in facts.sources}
    assert services == ({"rds"} if elastic else {facts.arn.service})
    assert facts.arn.service == ("docdb-elastic" if elastic else facts.arn.service)


def test_every_source_with_an_arn_has_its_type() -> None:
    with_type = {kind for facts in RESOURCES.values() for kind in facts.sources}

    assert with_type == {kind for kind, sheet in SOURCES.items() if sheet.arn_service is not None}


def test_every_destination_with_an_arn_has_its_type() -> None:
    services = {
        str(facts.kind): facts.arn.service for facts in RESOURCES.values() if facts.arn and facts.kind in DESTINATIONS
    }

    assert services == {
        kind: facts.arn_service for kind, facts in DESTINATIONS.items() if facts.arn_service is not None
    }


def test_the_sheets_and_the_table_name_one_page_for_a_type() -> None:
    assert RESOURCES["AWS::SQS::Queue"].page == pages.SQS_QUEUE_RESOURCE
    assert RESOURCES["AWS::Kinesis::Stream"].page == pages.KINESIS_STREAM_RESOURCE
    assert RESOURCES["AWS::Lambda::Function"].page == pages.FUNCTION_RESOURCE
    assert RESOURCES["AWS::Lambda::EventSourceMapping"].page == pages.MAPPING_RESOURCE


@pytest.mark.parametrize(
    ("name", "attribute", "given", "arn"),
    [
        ("AWS::SQS::Queue", "Ref", Gives.URL, False),
        ("AWS::SQS::Queue", "QueueName", Gives.NAME, False),
        ("AWS::SQS::Queue", "Arn", Gives.ARN, True),
        ("AWS::S3::Bucket", "Ref", Gives.NAME, False),
        ("AWS::S3::Bucket", "Arn", Gives.ARN, True),
        ("AWS::S3::AccessPoint", "Ref", Gives.NAME, False),
        ("AWS::S3Express::DirectoryBucket", "Ref", Gives.NAME, False),
        ("AWS::Kinesis::Stream", "Ref", Gives.NAME, False),
        ("AWS::Kinesis::StreamConsumer", "Ref", Gives.ARN, True),
        ("AWS::Kinesis::StreamConsumer", "ConsumerStatus", None, False),
        ("AWS::DynamoDB::Table", "Ref", Gives.NAME, False),
        ("AWS::DynamoDB::Table", "StreamArn", Gives.ARN, True),
        ("AWS::DynamoDB::GlobalTable", "TableId", Gives.ID, False),
        ("AWS::MSK::Cluster", "Ref", Gives.ARN, True),
        ("AWS::MSK::VpcConnection", "Ref", Gives.ARN, True),
        ("AWS::AmazonMQ::Broker", "Ref", Gives.ID, False),
        ("AWS::DocDB::DBCluster", "Ref", Gives.NAME, False),
        ("AWS::DocDBElastic::Cluster", "Ref", Gives.ARN, True),
        ("AWS::SNS::Topic", "Ref", Gives.ARN, True),
        ("AWS::SNS::Topic", "Arn", None, False),
        ("AWS::Events::EventBus", "Ref", Gives.NAME, False),
        ("AWS::Lambda::Function", "Ref", Gives.NAME, False),
        ("AWS::Lambda::Version", "Version", None, False),
        ("AWS::Lambda::Version", "Ref", Gives.ARN, True),
        ("AWS::Lambda::Alias", "Ref", Gives.ARN, True),
        ("AWS::KMS::Key", "Ref", Gives.ID, False),
        ("AWS::KMS::Alias", "Ref", Gives.NAME, False),
        ("AWS::SecretsManager::Secret", "Ref", Gives.ARN, True),
        ("AWS::SecretsManager::SecretTargetAttachment", "Ref", Gives.ARN, True),
        ("AWS::SSM::Parameter", "Ref", Gives.NAME, False),
        ("AWS::Glue::Registry", "Ref", Gives.ARN, True),
        ("AWS::IAM::Role", "Ref", Gives.NAME, False),
        ("AWS::IAM::ManagedPolicy", "Ref", Gives.ARN, True),
        ("AWS::Logs::LogGroup", "Ref", Gives.NAME, False),
        ("AWS::Serverless::Function", "Ref", Gives.NAME, False),
        ("AWS::Serverless::SimpleTable", "Ref", Gives.NAME, False),
        ("AWS::CloudFormation::Stack", "Ref", Gives.ARN, True),
        ("AWS::CloudFormation::Stack", "Arn", None, False),
        ("AWS::CloudFormation::Stack", "Outputs.QueueArn", None, None),
        ("AWS::CloudFormation::CustomResource", "Ref", None, None),
        ("Custom::Queue", "Arn", None, None),
        ("AWS::Batch::JobQueue", "Ref", None, None),
    ],
)
def test_ref_and_attributes_give_what_their_pages_say(
    name: str,
    attribute: str,
    given: Gives | None,
    arn: bool | None,
) -> None:
    assert gives(name, attribute) is given
    assert is_arn(name, attribute) is arn


def test_a_type_that_nobody_knows_is_named_by_its_arn() -> None:
    assert facts_of("AWS::Batch::JobQueue") is None
    assert itself_of("AWS::Batch::JobQueue") == ("Arn",)
    assert facts_of("Custom::Queue") is facts_of("AWS::CloudFormation::CustomResource")


def spelt_out(file: Path) -> Iterator[str]:
    """Types of the table in the texts of a module; a docstring may speak of any of them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    types = RESOURCES.keys() | {
        policy.type for facts in RESOURCES.values() for policy in (*facts.policies, *facts.attached)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in prose:
            text = node.value.decode(errors="replace") if isinstance(node.value, bytes) else str(node.value)
            yield from (name for name in TYPE.findall(text) if name in types)


def test_no_module_has_a_table_of_types_beside_it() -> None:
    found = {
        str(file.relative_to(ROOT)): names
        for file in sorted(FOLDER.rglob("*.py"))
        if FOLDER / "sources" not in file.parents and (names := sorted(spelt_out(file)))
    }

    assert found.keys() == TYPES_OUTSIDE.keys(), found


def test_a_type_outside_of_the_table_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""About AWS::SQS::Queue."""\nKEY = b"AWS::KMS::Key"\nFIX = f"make an AWS::SQS::QueuePolicy {1}"\n'
    )

    assert sorted(spelt_out(module)) == ["AWS::KMS::Key", "AWS::SQS::QueuePolicy"]


def test_a_type_is_spelt_out_once_in_the_table() -> None:
    spelt = [name for file in (FOLDER / "sources").rglob("*.py") for name in spelt_out(file)]

    assert {name for name in RESOURCES if spelt.count(name) != 1} == {
        "AWS::IAM::ManagedPolicy"  # a resource with an ARN, and a policy of a role
    }
