"""Whatever comes, the reader answers or raises TemplateError."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.errors import TemplateError
from cdk_esm.rules.engine import check
from cdk_esm.template.cloudformation.files import load_text
from cdk_esm.template.read import read_template

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    [
        "Orders",
        "Queue",
        "Function",
        "Role",
        "Policy",
        "Param",
        "Cond",
        "AWS::Region",
        "AWS::NoValue",
        "Arn",
        "${Queue.Arn}:${AWS::Region}",
        "arn:aws:sqs:eu-west-1:111122223333:orders",
        "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:fulfil:live",
        "arn:aws:kinesis:eu-west-1:111122223333:stream/a/consumer/b:1",
        "true",
        "10",
        "sqs:*",
        "*",
    ]
)
SETTINGS_AND_PROPERTIES = """
EventSourceArn FunctionName BatchSize FilterCriteria Filters Pattern DestinationConfig OnFailure
Destination FunctionResponseTypes MetricsConfig Metrics Tags Key Value StartingPosition ScalingConfig
MaximumConcurrency ProvisionedPollerConfig SelfManagedEventSource Topics Queues SourceAccessConfigurations
KmsKeyArn RedrivePolicy deadLetterTargetArn maxReceiveCount VisibilityTimeout Timeout Role Roles Policies
PolicyDocument Statement Effect Action Resource ManagedPolicyArns StreamARN StreamSpecification Replicas
Environment Variables Architectures DurableConfig ReservedConcurrentExecutions FunctionVersion Enabled
QueueName RoleName Condition Principal NotAction NotResource Service AWS KeyPolicy KmsMasterKeyId
StreamEncryption KeyId SSESpecification KMSMasterKeyId BucketEncryption ServerSideEncryptionConfiguration
ServerSideEncryptionByDefault KMSMasterKeyID Queues TargetKeyId SecretId ResourcePolicy ClientAuthentication Sasl Iam
BrokerNodeGroupInfo ClientSubnets VpcConfigs SubnetIds EngineType AuthenticationStrategy EngineVersion Parameters tls
DBClusterParameterGroupName GlobalClusterIdentifier VpcId SubnetId RouteTableId NatGatewayId ServiceName Type URI
"""
FUNCTIONS = st.sampled_from(
    [
        "Ref",
        "Fn::GetAtt",
        "Fn::Sub",
        "Fn::Join",
        "Fn::Select",
        "Fn::Split",
        "Fn::If",
        "Fn::FindInMap",
        "Fn::ImportValue",
        "Fn::GetStackOutput",
        "Fn::ToJsonString",
        "Fn::Length",
        "Fn::Equals",
        "Fn::And",
        "Fn::Or",
        "Fn::Not",
        "Condition",
        "Fn::Base64",
    ]
)
NAMES = st.sampled_from(SETTINGS_AND_PROPERTIES.split())
TYPES = {
    "Queue": "SQS::Queue",
    "Dead": "SQS::Queue",
    "Stream": "Kinesis::Stream",
    "Consumer": "Kinesis::StreamConsumer",
    "Table": "DynamoDB::Table",
    "Global": "DynamoDB::GlobalTable",
    "Function": "Lambda::Function",
    "Alias": "Lambda::Alias",
    "Version": "Lambda::Version",
    "Invoked": "Lambda::EventInvokeConfig",
    "Role": "IAM::Role",
    "Policy": "IAM::Policy",
    "Managed": "IAM::ManagedPolicy",
    "Topic": "SNS::Topic",
    "Bucket": "S3::Bucket",
    "Cluster": "MSK::Cluster",
    "Broker": "AmazonMQ::Broker",
    "Documents": "DocDB::DBCluster",
    "Group": "DocDB::DBClusterParameterGroup",
    "Key": "KMS::Key",
    "Name": "KMS::Alias",
    "Secret": "SecretsManager::Secret",
    "Attached": "SecretsManager::SecretTargetAttachment",
    "Own": "SQS::QueuePolicy",
    "Vpc": "EC2::VPC",
    "Subnet": "EC2::Subnet",
    "Has": "EC2::SubnetRouteTableAssociation",
    "Route": "EC2::Route",
    "Endpoint": "EC2::VPCEndpoint",
    "Inner": "CloudFormation::Stack",
}
REFERENCES = st.builds(
    lambda name, attribute: {"Ref": name} if attribute == "Ref" else {"Fn::GetAtt": [name, attribute]},
    st.sampled_from([*TYPES, "Param", "AWS::Region", "AWS::NoValue"]),
    st.sampled_from(["Ref", "Arn", "StreamArn", "QueueName", "Outputs.A"]),
)
CHOICES = st.builds(lambda one, other: {"Fn::If": ["Cond", one, other]}, REFERENCES, REFERENCES)
VALUES = st.recursive(
    SCALARS | WORDS | REFERENCES | CHOICES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES | FUNCTIONS | WORDS, inner, max_size=4)
        | st.builds(lambda name, value: {name: value}, FUNCTIONS, inner)
    ),
    max_leaves=8,
)
PROPERTIES = st.dictionaries(NAMES, VALUES | REFERENCES, max_size=5)
ATTRIBUTES = {"Condition": st.just("Cond") | VALUES, "DependsOn": st.sampled_from([*TYPES]) | VALUES}


def resources(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"Type": st.just(f"AWS::{kind}"), "Properties": PROPERTIES}, optional=ATTRIBUTES)


SETTINGS = st.builds(
    lambda source, function, rest: {"EventSourceArn": source, "FunctionName": function, **rest},
    REFERENCES | CHOICES | WORDS,
    REFERENCES | CHOICES | WORDS,
    PROPERTIES,
)
MAPPINGS = st.fixed_dictionaries(
    {"Type": st.just("AWS::Lambda::EventSourceMapping"), "Properties": SETTINGS},
    optional={**ATTRIBUTES, "Metadata": st.builds(lambda said: {"cdk-esm": said}, VALUES)},
)
EQUALS = st.builds(lambda literal: {"Fn::Equals": [{"Ref": "Param"}, literal]}, st.sampled_from(["a", "b"]))
TEMPLATES = st.fixed_dictionaries(
    {
        "Resources": st.builds(
            lambda mapping, other, around: {**around, "Orders": mapping, "Returns": other},
            MAPPINGS,
            MAPPINGS,
            st.fixed_dictionaries({}, optional={name: resources(kind) for name, kind in TYPES.items()}),
        )
    },
    optional={
        "Parameters": st.fixed_dictionaries({"Param": st.just({"Type": "String", "Default": "a"}) | VALUES}),
        "Conditions": st.fixed_dictionaries({"Cond": EQUALS | VALUES}),
        "Mappings": VALUES,
        "Outputs": VALUES,
    },
)


@given(TEMPLATES)
def test_any_template_gets_an_answer(document: dict[str, Any]) -> None:
    for finding in check(read_template(document)):
        assert str(finding)
        assert json.dumps(finding.to_dict())


@given(VALUES)
def test_any_json_gets_an_answer_or_a_template_error(document: Any) -> None:
    with suppress(TemplateError):
        check(read_template(document))


@given(st.text())
def test_any_text_gets_an_answer_or_a_template_error(text: str) -> None:
    for yaml in (False, True):
        with suppress(TemplateError):
            read_template(load_text(text, "orders", yaml=yaml), name="orders")


def nested(levels: int) -> Any:
    value: Any = "10"
    for _ in range(levels):
        value = {"Fn::Join": ["", [value]]}
    return value


def holding_itself() -> dict[str, Any]:
    value: dict[str, Any] = {"Resources": {}}
    value["Resources"]["Orders"] = value
    return value


def doubling(levels: int) -> dict[str, Any]:
    value: Any = ["10"]
    for _ in range(levels):
        value = [value, value]
    return {"Resources": {"Orders": value}}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param([], id="list"),
        pytest.param(None, id="nothing"),
        pytest.param({}, id="no resources"),
        pytest.param({"Resources": []}, id="resources in a list"),
        pytest.param({"Resources": nested(300)}, id="nested"),
        pytest.param(holding_itself(), id="holding itself"),
        pytest.param(doubling(60), id="doubling"),
        pytest.param({"Resources": {"Orders": [10**5000]}}, id="endless number"),
        pytest.param({"Resources": {"Orders": {"BatchSize": -(10**5000)}}}, id="endless number below zero"),
        pytest.param({"Resources": {10**5000: {"Type": "AWS::SQS::Queue"}}}, id="endless number as a key"),
    ],
)
def test_what_is_no_template_is_refused(document: Any) -> None:
    with pytest.raises(TemplateError):
        read_template(document)


def test_a_value_of_a_parameter_with_thousands_of_digits_is_refused() -> None:
    document = {"Parameters": {"Size": {"Type": "Number"}}, "Resources": {}}

    with pytest.raises(TemplateError, match="parameters: a number in it has thousands of digits"):
        read_template(document, parameters={"Size": 10**5000})
