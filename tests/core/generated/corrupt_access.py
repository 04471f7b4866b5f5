"""Corruptions of the execution role: what it may not do, does elsewhere, or may do too late or too widely.

They are made around resources of the template: those that stand elsewhere may have policies that let the role in.
"""

from __future__ import annotations

from typing import Any, Final

from tests.core.generated.case import Case
from tests.core.generated.corruption import BROKERS, KINESIS, MQ, MSK, QUEUES, STREAMS, corrupts, own

_READ: Final = {
    **dict.fromkeys(QUEUES, ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")),
    "kinesis": ("kinesis:GetRecords", "kinesis:GetShardIterator"),
    "dynamodb": ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"),
}
_POLL: Final = {
    "kinesis-efo": "kinesis:SubscribeToShard",
    **dict.fromkeys(MSK, "kafka:GetBootstrapBrokers"),
    **dict.fromkeys(MQ, "mq:DescribeBroker"),
    "documentdb": "rds:DescribeDBClusters",
}
_WRITE: Final = {"bucket": "s3:PutObject", "queue": "sqs:SendMessage", "topic": "sns:Publish"}
_MANAGED: Final = {
    **dict.fromkeys(QUEUES, "AWSLambdaSQSQueueExecutionRole"),
    **dict.fromkeys(KINESIS, "AWSLambdaKinesisExecutionRole"),
    "dynamodb": "AWSLambdaDynamoDBExecutionRole",
    **dict.fromkeys(MSK, "AWSLambdaMSKExecutionRole"),
}


def _actions(statement: dict[str, Any]) -> list[str]:
    written = statement["Action"]
    return list(written) if isinstance(written, list) else [written]


def _forbid(case: Case, *actions: str) -> bool:
    """Take actions out of what the role is allowed; say whether one was there."""
    found = False
    for statement in list(case.statements):
        kept = [action for action in _actions(statement) if action not in actions]
        found |= len(kept) < len(_actions(statement))
        statement["Action"] = kept
        if not kept:
            case.statements.remove(statement)
    return found


@corrupts("ESM414", on=tuple(_READ))
def _an_action_that_is_not_allowed(case: Case) -> bool:
    return own(case) and _forbid(case, case.draw.one_of(_READ[case.kind]))


@corrupts("ESM414", on=tuple(_READ))
def _no_action_that_is_allowed(case: Case) -> bool:
    return own(case) and _forbid(case, *_READ[case.kind])


@corrupts("ESM414", on=("msk", "self-managed-kafka", *BROKERS))
def _a_secret_that_nobody_may_read(case: Case) -> bool:
    uris = [entry["URI"] for entry in case.settings.get("SourceAccessConfigurations", ())]
    return _forbid(case, "secretsmanager:GetSecretValue") and {"Ref": "Secret0"} in uris


@corrupts("ESM415", on=tuple(_READ))
def _a_role_for_another_source(case: Case) -> bool:
    if not own(case):
        return False
    other = {"Fn::GetAtt": ["Another", "StreamArn" if case.kind == "dynamodb" else "Arn"]}
    case.resources["Another"] = {**case.resources["Source"], "Properties": {}}
    for statement in case.statements:
        if set(_actions(statement)) & set(_READ[case.kind]):
            statement["Resource"] = other
    return True


@corrupts("ESM416", on=tuple(_READ))
def _a_mapping_before_its_policy(case: Case) -> bool:
    return own(case) and case.resources["Orders"].pop("DependsOn", None) is not None


@corrupts("ESM417", on=tuple(_POLL))
def _a_poller_without_access(case: Case) -> bool:
    return own(case) and _forbid(case, _POLL[case.kind])


@corrupts("ESM418", on=(*MSK, *BROKERS))
def _a_network_that_is_closed(case: Case) -> bool:
    return _forbid(case, "ec2:CreateNetworkInterface", "ec2:DescribeVpcs")


@corrupts("ESM419", on=(*QUEUES, *KINESIS))
def _a_key_that_the_role_may_not_use(case: Case) -> bool:
    return own(case, "Key") and _forbid(case, "kms:Decrypt")


@corrupts("ESM420", on=STREAMS)
def _a_destination_that_is_closed(case: Case) -> bool:
    return own(case, "Failed") and _forbid(case, _WRITE[case.notes["destination"]])


@corrupts("ESM421", on=QUEUES)
def _a_filter_key_that_is_closed(case: Case) -> bool:
    if "FilterCriteria" not in case.settings:
        return False
    role = {"AWS": {"Fn::GetAtt": ["Role", "Arn"]}}
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Principal": role, "Resource": "*"}
    case.add("FilterKey", "KMS::Key", {"KeyPolicy": {"Version": "2012-10-17", "Statement": [statement]}})
    case.settings["KmsKeyArn"] = {"Fn::GetAtt": ["FilterKey", "Arn"]}
    return True


@corrupts("ESM422", on=tuple(_MANAGED))
def _a_policy_of_aws_for_everything(case: Case) -> None:
    policy = {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::aws:policy/service-role/{_MANAGED[case.kind]}"}
    case.properties("Role").setdefault("ManagedPolicyArns", []).append(policy)


@corrupts("ESM423", on=STREAMS)
def _a_bucket_of_anybody(case: Case) -> bool:
    conditions = [statement.pop("Condition", None) for statement in case.statements]
    return any(conditions)


@corrupts("ESM424", on=STREAMS)
def _an_action_that_is_listed_and_not_allowed(case: Case) -> bool:
    return own(case) and _forbid(case, "dynamodb:ListStreams" if case.kind == "dynamodb" else "kinesis:ListShards")


@corrupts("ESM414", on=(*QUEUES, "kinesis", "dynamodb"))
def _a_statement_that_denies_the_source(case: Case) -> None:
    service = "sqs" if case.kind in QUEUES else case.kind
    case.statements.append({"Effect": "Deny", "Action": f"{service}:*", "Resource": "*"})


@corrupts("ESM417", on=("kinesis-efo",))
def _a_statement_that_denies_the_consumer(case: Case) -> None:
    case.statements.append({"Effect": "Deny", "Action": "kinesis:SubscribeToShard", "Resource": "*"})


@corrupts("ESM414", on=QUEUES)
def _a_queue_that_denies_everybody(case: Case) -> bool:
    if not own(case):
        return False
    queue = {"Fn::GetAtt": ["Source", "Arn"]}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": queue}
    case.add("Gate", "SQS::QueuePolicy", {"Queues": [{"Ref": "Source"}], "PolicyDocument": {"Statement": [statement]}})
    return True


@corrupts("ESM414", on=tuple(_READ))
def _a_boundary_of_logs(case: Case) -> bool:
    if not own(case):
        return False
    statement = {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}
    case.add("Fence", "IAM::ManagedPolicy", {"PolicyDocument": {"Statement": [statement]}})
    case.properties("Role")["PermissionsBoundary"] = {"Ref": "Fence"}
    return True


@corrupts("ESM252", on=QUEUES)
def _dead_letters_of_nobody(case: Case) -> bool:
    if not own(case):
        return False
    case.properties("Dead")["RedriveAllowPolicy"] = {"redrivePermission": "denyAll"}
    return True


@corrupts("ESM440", on=tuple(_READ))
def _a_source_elsewhere_that_no_policy_names(case: Case) -> bool:
    return not own(case) and _forbid(case, *_READ[case.kind])
