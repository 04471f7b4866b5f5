"""A stack, one that is nested in it and one beside it, and expressions that stand in them."""

from typing import Any

from cdk_esm.testing.templates import get, ref, resource

REFERENCE = "{{resolve:ssm:/orders/size}}"
OF_PART: dict[str, Any] = {
    "Parameters": {
        "Given": {"Type": "String"},
        "Several": {"Type": "CommaDelimitedList"},
        "Odd": {"Type": "String"},
        "Itself": {"Type": "String"},
    },
    "Resources": {"Topic": resource("SNS::Topic")},
    "Outputs": {
        "Arn": {"Value": ref("Topic")},
        "Through": {"Value": ref("Given")},
        "Back": {"Value": ref("Itself")},
        "Text": {"Value": {"Fn::Sub": "${AWS::Region}/${Topic}"}},
        "Number": {"Value": 7},
        "List": {"Value": [1]},
        "Nothing": {},
    },
}
OF_SHOP: dict[str, Any] = {
    "Parameters": {
        "Name": {"Type": "String"},
        "Size": {"Type": "Number", "Default": 5},
        "Names": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Kept": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/orders/size"},
        "Only": {"Type": "String", "AllowedValues": ["x"]},
        "Stage": {"Type": "String", "Default": "test", "AllowedValues": ["prod", "test"]},
    },
    "Conditions": {
        "Yes": {"Fn::Equals": ["1", 1]},
        "No": {"Fn::Equals": ["1", "2"]},
        "Open": {"Fn::Equals": [ref("Stage"), "prod"]},
        "NotOpen": {"Fn::Not": [{"Condition": "Open"}]},
        "NotTwo": {"Fn::Not": [{"Condition": "Yes"}, {"Condition": "No"}]},
        "OpenAndNo": {"Fn::And": [{"Condition": "Open"}, {"Condition": "No"}]},
        "OpenOrNo": {"Fn::Or": [{"Condition": "Open"}, {"Condition": "No"}]},
        "OpenOrYes": {"Fn::Or": [{"Condition": "Open"}, {"Condition": "Yes"}]},
        "NotAllowed": {"Fn::Equals": ["dev", ref("Stage")]},
        "Lists": {"Fn::Equals": [["a"], ["a"]]},
        "Unlike": {"Fn::Equals": [ref("AWS::Region"), ref("AWS::AccountId")]},
        "Alike": {"Fn::Equals": [get("Queue"), get("Queue")]},
        "OfThree": {"Fn::Equals": ["a", "a", "a"]},
        "OfNone": {"Fn::And": []},
        "OfAText": {"Fn::Not": "Yes"},
        "Circle": {"Fn::Not": [{"Condition": "Circle"}]},
        "InAResult": {"Fn::Equals": [{"Fn::If": ["Yes", "a", "b"]}, "a"]},
    },
    "Mappings": {"Sizes": {"prod": {"batch": 7, "list": ["1", 2], "odd": {"a": 1}, "lists": [[1]]}}},
    "Resources": {
        "Queue": resource("SQS::Queue"),
        "Part": resource("CloudFormation::Stack"),
        "Gone": resource("CloudFormation::Stack"),
    },
    "Outputs": {
        "Queue": {"Value": get("Queue"), "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-queue"}}},
        "Circle": {"Value": {"Fn::ImportValue": "circle"}, "Export": {"Name": "circle"}},
        "Unnamed": {"Value": 1, "Export": {}},
    },
}
OF_OTHER: dict[str, Any] = {"Resources": {}, "Outputs": {"Size": {"Value": "9", "Export": {"Name": "size"}}}}


def joins(levels: int, innermost: Any = "x") -> Any:
    """Texts within texts."""
    value = innermost
    for _ in range(levels):
        value = {"Fn::Join": ["", [value]]}
    return value


def doubled(levels: int) -> Any:
    """A text that is twice as long with each level."""
    value: Any = "1" * 1000
    for _ in range(levels):
        value = {"Fn::Sub": ["${X}${X}", {"X": value}]}
    return {"Fn::Length": {"Fn::Split": ["2", value]}}


NO_VALUE = ref("AWS::NoValue")
EXPRESSIONS: tuple[Any, ...] = (
    1,
    1.5,
    True,
    None,
    "text",
    [1, NO_VALUE, ref("Size")],
    {"a": 1, "b": NO_VALUE, "c": {"d": ref("Queue")}},
    {},
    (1, 2),
    {"a": (1, 2)},
    {"Fn::Unheard": {(1, 2): 3}},
    {"Fn::Unheard": 1},
    {"Fn::Unheard": 1, "b": 2},
    {"Fn::Transform": {"Name": "AWS::Include"}, "b": 2},
    {"Fn::Unheard": "x" * 181},  # the longest name that is not shortened
    {"Fn::Unheard": "x" * 182},
    NO_VALUE,
    *(ref(f"AWS::{name}") for name in ("Region", "AccountId", "Partition", "StackName", "StackId", "URLSuffix")),
    *(ref(name) for name in ("Name", "Size", "Names", "Kept", "Only", "Stage", "Queue", "Nowhere")),
    {"Ref": ["Queue"]},
    get("Queue"),
    get("Queue", "QueueName"),
    get("Nowhere"),
    {"Fn::GetAtt": "Queue.Arn"},
    {"Fn::GetAtt": "Nowhere.Arn"},
    {"Fn::GetAtt": "Queue"},
    {"Fn::GetAtt": ["Queue"]},
    {"Fn::GetAtt": ["Queue", "Some", "Thing"]},
    {"Fn::GetAtt": ["Queue", ref("Size")]},
    {"Fn::GetAtt": ["Queue", ref("Name")]},
    *(get("Part", f"Outputs.{name}") for name in (*OF_PART["Outputs"], "Missing")),
    get("Part", "Arn"),
    get("Gone", "Outputs.Arn"),
    {"Fn::Sub": "${Name}:${Queue}:${Queue.Arn}:${AWS::Region}:${!Literal}:${ Size }:${Nowhere}:${Nowhere.Arn}"},
    {"Fn::Sub": ["${A}-${A}-${Size}", {"A": ref("Name"), "Size": "own"}]},
    {"Fn::Sub": ["${A}", {"A": [1]}]},
    {"Fn::Sub": ["${Size}", "odd"]},
    {"Fn::Sub": ["${Size}"]},
    {"Fn::Sub": 1},
    {"Fn::Join": [":", ["a", ref("Name"), 1, True]]},
    {"Fn::Join": [1, ["a", "b"]]},
    {"Fn::Join": [",", [True, False, 1.0, 0]]},
    {"Fn::Sub": ["${X}${X}b", {"X": {"Fn::Sub": "a${Name}c"}}]},
    {"Fn::Join": [":", []]},
    {"Fn::Join": [":", ref("Names")]},
    {"Fn::Join": [ref("Name"), ["a", "b"]]},
    {"Fn::Join": [":", "ab"]},
    {"Fn::Join": [":"]},
    {"Fn::Join": [":", [["a"]]]},
    {"Fn::Split": [",", "a,b"]},
    {"Fn::Split": [":", {"Fn::Sub": "a:${AWS::Region}:b${AWS::AccountId}c:d"}]},
    {"Fn::Split": ["/", {"Fn::Sub": "a/${AWS::Partition}"}]},
    {"Fn::Split": ["-", {"Fn::Sub": "a-${AWS::AccountId}"}]},
    {"Fn::Split": [":", {"Fn::Sub": "a:${Name}"}]},
    {"Fn::Split": [":", ref("Name")]},
    {"Fn::Split": ["", "a,b"]},
    {"Fn::Split": [1, "a1b"]},
    {"Fn::Split": [","]},
    *({"Fn::Select": [index, ["a", "b"]]} for index in (0, 1, "1", 2, -1, ref("Name"), ref("Size"))),
    {"Fn::Select": [0, "ab"]},
    {"Fn::Select": [0]},
    *(
        {"Fn::FindInMap": ["Sizes", *keys]}
        for keys in (
            ("prod", "batch"),
            ("prod", "list"),
            ("prod", "lists"),
            ("prod", "odd"),
            ("prod", "none"),
            ("none", "batch"),
            ("prod", ref("Name")),
            ("prod",),
            ("prod", "none", {"DefaultValue": ref("Size")}),
            ("prod", "batch", {"DefaultValue": 1}),
            ("prod", "none", {"Default": 1}),
        )
    ),
    {"Fn::FindInMap": "Sizes"},
    *({"Fn::If": [name, 1, 2]} for name in (*OF_SHOP["Conditions"], "Nowhere")),
    {"Fn::If": ["Yes", 1]},
    {"Fn::If": [["Yes"], 1, 2]},
    {"Fn::If": "Yes"},
    {"Fn::Length": [1, NO_VALUE, 2]},
    {"Fn::Length": ref("Names")},
    {"Fn::Length": "ab"},
    {"Fn::ToJsonString": {"a": [1, True, ref("Size")]}},
    {"Fn::ToJsonString": {"a": ref("Name")}},
    {"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}-queue"}},
    {"Fn::ImportValue": "size"},
    {"Fn::ImportValue": "circle"},
    {"Fn::ImportValue": "elsewhere"},
    {"Fn::ImportValue": ref("Name")},
    {"Fn::GetStackOutput": {"StackName": "prod-Other", "OutputName": "Size"}},
    {"Fn::GetStackOutput": {"StackName": "prod-Other", "OutputName": "None"}},
    {"Fn::GetStackOutput": {"StackName": "elsewhere", "OutputName": ref("Only")}},
    {"Fn::GetStackOutput": {"StackName": ref("Name"), "OutputName": "Size"}},
    {"Fn::GetStackOutput": {"StackName": "prod-Other"}},
    {"Fn::GetStackOutput": "prod-Other"},
    REFERENCE,
    f"{REFERENCE}-{REFERENCE}",
    f"a {REFERENCE} b",
    "{{resolve:ssm:/open",
    {"Fn::Sub": "a{{resolve:ssm:/${Name}}}"},
    {"Fn::Sub": f"${{Name}}-{REFERENCE}"},
    joins(25),
    joins(35),
    {"Fn::Join": ["", [*[NO_VALUE, joins(1)] * 40, joins(35)]]},
    doubled(9),
    doubled(10),
)

HERE = "${AWS::Region}:${AWS::AccountId}"
PLACED = "eu-west-1:111122223333"
NAMED: dict[str, Any] = {
    "Parameters": {"Name": {"Type": "String"}},
    "Resources": {
        "Queue": resource("SQS::Queue", {"QueueName": "orders"}),
        "Topic": resource("SNS::Topic", {"TopicName": "orders"}),
        "Bucket": resource("S3::Bucket", {"BucketName": "orders"}),
        "Stream": resource("Kinesis::Stream", {"Name": "orders"}),
        "Table": resource("DynamoDB::Table", {"TableName": "orders"}),
        "Global": resource("DynamoDB::GlobalTable", {"TableName": "global"}),
        "Function": resource("Lambda::Function", {"FunctionName": "orders"}),
        "Role": resource("IAM::Role", {"RoleName": "orders"}),
        "Documents": resource("DocDB::DBCluster", {"DBClusterIdentifier": "orders"}),
        "World": resource("DocDB::GlobalCluster", {"GlobalClusterIdentifier": "orders"}),
        "Key": resource("KMS::Key"),
        "Replica": resource("KMS::ReplicaKey"),
        "Alias": resource("KMS::Alias", {"AliasName": "alias/orders", "TargetKeyId": ref("Key")}),
        "Bus": resource("Events::EventBus", {"Name": "orders"}),
        "Nameless": resource("SQS::Queue", {"QueueName": ref("Name")}),
    },
}
ARNS: tuple[Any, ...] = (
    *(
        {"Fn::Sub": f"arn:aws:{service}:{place}:{rest}"}
        for place in (HERE, PLACED)
        for service, rest in (
            ("sqs", "orders"),
            ("sqs", "ord"),
            ("sqs", "${Queue.QueueName}"),
            ("sqs", "${Queue.QueueName}-more"),
            ("sqs", "${Name}"),
            ("sns", "orders"),
            ("sns", "${Topic.TopicName}"),
            ("sns", "${Queue.QueueName}"),
            ("kinesis", "stream/orders"),
            ("kinesis", "stream/orders/consumer/fast:1"),
            ("kinesis", "stream/${Stream}/consumer/${Name}:1"),
            ("kinesis", "orders"),
            ("dynamodb", "table/orders"),
            ("dynamodb", "table/global/stream/1"),
            ("dynamodb", "table/${Global}/stream/1"),
            ("dynamodb", "table/${Table}/index/${Name}"),
            ("lambda", "function:orders"),
            ("lambda", "function:orders:live"),
            ("lambda", "function:${Function}:7"),
            ("lambda", "layer:orders"),
            ("rds", "cluster:orders"),
            ("kms", "key/${Key}"),
            ("kms", "key/${Replica.KeyId}"),
            ("kms", "key/${Alias}"),
            ("kms", "alias/orders"),
            ("kms", "${Alias}"),
            ("kms", "${Key}"),
            ("events", "event-bus/orders"),
            ("rds", "cluster:${Documents}"),
            ("rds", "db:orders"),
            ("kafka", "cluster/orders/1"),
        )
    ),
    *(
        {"Fn::Sub": text}
        for text in (
            "arn:aws:sqs:eu-central-1:111122223333:orders",
            "arn:aws:sqs:${AWS::Region}:1:orders",
            "arn:aws:sqs:eu-west-1:${AWS::AccountId}:orders",
            "arn:aws:sqs:${Name}:${AWS::AccountId}:orders",
            "arn:aws:sqs:${AWS::Region}:${Name}:orders",
            "arn:aws:s3:::orders",
            "arn:aws:s3:::orders/aws/lambda/*",
            "arn:${AWS::Partition}:s3:::${Bucket}/${Name}",
            "arn:aws:s3:eu-west-1::orders",
            "arn:aws:s3:::others",
            "arn:aws:rds::${AWS::AccountId}:global-cluster:orders",
            "arn:aws:rds::${AWS::AccountId}:cluster:orders",
            "arn:aws:rds:${AWS::Region}:${AWS::AccountId}:global-cluster:orders",
            "arn:aws:iam::${AWS::AccountId}:role/orders",
            "arn:aws:iam::111122223333:role/orders",
            "arn:aws:iam::111122223333:role/service-role/orders",
            "arn:aws:iam::1:role/orders",
            "arn:aws:iam:::role/orders",
            "arn:aws:iam::${AWS::AccountId}:user/orders",
            "arn:aws:sqs",
            "arn:aws:${Name}:eu-west-1:1:orders",
            "urn:aws:sqs:eu-west-1:111122223333:orders",
            "urn:aws:sqs:${AWS::Region}:111122223333:orders",
            "arn:aws:sqs:${AWS::Region}:orders",
            "${Name}:aws:sqs:${AWS::Region}:111122223333:orders",
            "arn:aws:sqs:eu-${Name}:111122223333:orders:more",
            "${Queue.Arn}",
            "orders",
        )
    ),
    ref("Name"),
    [1],
)
