"""Small templates, each with one thing that the reader has to make something of."""

from typing import Any

from cdk_esm.testing.templates import get, mapping, ref, resource

HERE = "${AWS::Region}:${AWS::AccountId}"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
THERE = "eu-central-1:444455556666"


def failing_to(destination: Any) -> dict[str, Any]:
    """A mapping of a stream with an on-failure destination."""
    return {
        "Stream": resource("Kinesis::Stream"),
        "Key": resource("KMS::Key"),
        "Orders": mapping(get("Stream"), DestinationConfig={"OnFailure": {"Destination": destination}}),
    }


def encrypted(key: Any) -> dict[str, Any]:
    """What a bucket says of its encryption."""
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    return {"BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": default}]}}


DESTINATIONS_READ: dict[str, dict[str, Any]] = {
    "queue": {**failing_to(get("End")), "End": resource("SQS::Queue", {"KmsMasterKeyId": KEY})},
    "FIFO queue": {**failing_to(get("End")), "End": resource("SQS::Queue", {"FifoQueue": True})},
    "topic": {**failing_to(ref("End")), "End": resource("SNS::Topic", {"KmsMasterKeyId": ref("Key")})},
    "FIFO topic": {**failing_to(ref("End")), "End": resource("SNS::Topic", {"FifoTopic": "true"})},
    "topic of which only the deployment knows": {
        **failing_to(ref("End")),
        "End": resource("SNS::Topic", {"FifoTopic": ref("Name"), "KmsMasterKeyId": ref("Name")}),
    },
    "bucket": {**failing_to(get("End")), "End": resource("S3::Bucket")},
    "bucket with a key": {**failing_to(get("End")), "End": resource("S3::Bucket", encrypted(get("Key")))},
    "bucket with a hidden key": {**failing_to(get("End")), "End": resource("S3::Bucket", encrypted(ref("Name")))},
    "queue elsewhere": failing_to(f"arn:aws:sqs:{THERE}:failed"),
    "FIFO queue elsewhere": failing_to(f"arn:aws:sqs:{THERE}:failed.fifo"),
    "topic elsewhere": failing_to(f"arn:aws:sns:{THERE}:failed"),
    "bucket of the template by its name": {
        **failing_to("arn:aws:s3:::failed"),
        "End": resource("S3::Bucket", {"BucketName": "failed"}),
    },
    "queue that a parameter names": failing_to({"Fn::Sub": f"arn:aws:sqs:{HERE}:${{Name}}"}),
    "bucket with a default key": {**failing_to(get("End")), "End": resource("S3::Bucket", encrypted(None))},
    "bucket elsewhere": failing_to("arn:aws:s3:::failed.fifo"),
    "Kafka topic": failing_to("kafka://failed"),
    "destination that says nothing": {
        **failing_to(ref("AWS::NoValue")),
        "End": resource("SQS::Queue"),
    },
    "destination within something hidden": {
        "Stream": resource("Kinesis::Stream"),
        "Orders": mapping(get("Stream"), DestinationConfig={"OnFailure": {"Fn::ImportValue": "end"}}),
    },
    "no destination at all": failing_to(f"arn:aws:lambda:{THERE}:function:failed"),
    "nothing that anybody knows": failing_to(ref("Name")),
}


FULL = {
    "Timeout": 60,
    "MemorySize": "512",
    "ReservedConcurrentExecutions": 5,
    "Architectures": ["arm64"],
    "Handler": "app.handler",
    "DurableConfig": {"ExecutionTimeout": 3600},
    "DeadLetterConfig": {"TargetArn": get("Dead")},
    "Environment": {"Variables": {"ONE": "two", "\u00fc": 1}},
    "TenancyConfig": {"TenantIsolationMode": "PER_TENANT"},
    "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig": {}},
}
FAILS = {"OnFailure": {"Destination": get("Dead")}}
IN_USE = {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 1}}


def invoking(name: Any, /, **resources: Any) -> dict[str, Any]:
    """A mapping to a function, with a queue to send failures to."""
    named = resource("Lambda::Function", {"FunctionName": "fulfil"})
    return {
        "Dead": resource("SQS::Queue"),
        "Named": named,
        **resources,
        "Orders": mapping(get("Dead"), FunctionName=name),
    }


FUNCTIONS_READ: dict[str, dict[str, Any]] = {
    "function": invoking(ref("F"), F=resource("Lambda::Function", FULL)),
    "function of which only the deployment knows": invoking(
        ref("F"), F=resource("Lambda::Function", {name: ref("Name") for name in FULL})
    ),
    "function by its name": invoking("fulfil"),
    "function by its ARN": invoking({"Fn::Sub": f"arn:aws:lambda:{HERE}:function:fulfil"}),
    "version in an ARN": invoking({"Fn::Sub": f"arn:aws:lambda:{HERE}:function:fulfil:7"}),
    "latest version in an ARN": invoking({"Fn::Sub": "${Named.Arn}:$LATEST"}),
    "version behind a function": invoking({"Fn::Join": ["", [ref("Named"), ":7"]]}),
    "alias": invoking(ref("A"), A=resource("Lambda::Alias", {"FunctionName": ref("Named"), "Name": "live"})),
    "version": invoking(ref("V"), V=resource("Lambda::Version", {"FunctionName": ref("Named"), **IN_USE})),
    "function whose version is provisioned": invoking(
        ref("Named"), V=resource("Lambda::Version", {"FunctionName": ref("Named"), **IN_USE})
    ),
    "function whose alias is provisioned": invoking(
        "fulfil", A=resource("Lambda::Alias", {"FunctionName": "fulfil", "Name": "live", **IN_USE})
    ),
    "function whose version may be provisioned": invoking(
        ref("Named"),
        A=resource("Lambda::Alias", {"FunctionName": "fulfil", "Name": "live"}),
        V=resource("Lambda::Version", {"FunctionName": ref("Named"), **IN_USE}, Condition="Hidden"),
    ),
    "function that another one's version is provisioned of": invoking(
        ref("Named"),
        F=resource("Lambda::Function"),
        V=resource("Lambda::Version", {"FunctionName": ref("F"), **IN_USE}),
    ),
    "function by what it is called": invoking({"Fn::Sub": "${Named}"}),
    "function that a parameter names": invoking({"Fn::Sub": f"arn:aws:lambda:{HERE}:function:${{Name}}"}),
    "function of several architectures": invoking(
        ref("F"), F=resource("Lambda::Function", {"Architectures": ["x86_64", "arm64"], "Environment": {}})
    ),
    "function with a large environment": invoking(
        ref("F"),
        F=resource("Lambda::Function", {"Environment": {"Variables": {"A": "b" * 100, "C": 1.5, "D": get("Dead")}}}),
    ),
    "function with an event invoke config": invoking(
        ref("Named"),
        I=resource("Lambda::EventInvokeConfig", {"FunctionName": "fulfil", "DestinationConfig": FAILS}),
    ),
    "function with a literal destination": invoking(
        ref("Named"),
        I=resource(
            "Lambda::EventInvokeConfig",
            {
                "FunctionName": ref("Named"),
                "DestinationConfig": {"OnFailure": {"Destination": f"arn:aws:sqs:{THERE}:a"}},
            },
        ),
    ),
    "function elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil"),
    "version elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil:7"),
    "latest version elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil:$LATEST"),
    "name elsewhere": invoking("another"),
    "nothing that anybody knows": invoking(ref("Name")),
    "no text": invoking([1]),
    "function with odd variables": invoking(
        ref("F"), F=resource("Lambda::Function", {"Environment": {"Variables": [1]}, "Architectures": []})
    ),
}
