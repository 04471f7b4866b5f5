"""Corruptions around Kafka clusters, brokers and document clusters: who signs in, where they are, and what they are."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import BROKERS, KAFKA, MQ, MSK, corrupts, function_elsewhere, own, put

_ACCESS = "SourceAccessConfigurations"
_OWN = ("self-managed-kafka",)
_WITH_ACCESS = ("msk", "self-managed-kafka", *BROKERS)


def _entry(case: Case, kind: str, uri: str = "") -> dict[str, Any]:
    return {"Type": kind, "URI": uri or case.elsewhere("secretsmanager", "secret:shop-AbCdEf")}


def _access(case: Case, *kinds: str) -> None:
    case.settings[_ACCESS] = [_entry(case, kind) for kind in kinds]


@corrupts("ESM234", on=_WITH_ACCESS)
def _a_way_to_sign_in_that_it_has_not(case: Case) -> None:
    entries = case.settings.setdefault(_ACCESS, [])
    entries.append(_entry(case, "KERBEROS" if case.kind != "msk" else "BASIC_AUTH"))


@corrupts("ESM113", on=_WITH_ACCESS)
def _a_secret_with_a_long_arn(case: Case) -> None:
    entries = case.settings.setdefault(_ACCESS, [])
    entries.append(_entry(case, case.sheet.by_name[f"{_ACCESS}.Type"].choices[0], "a" * 201))


@corrupts("ESM235", on=("msk", *_OWN))
def _two_ways_to_sign_in(case: Case) -> None:
    _access(case, "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")


@corrupts("ESM236", on=_OWN)
def _subnets_without_a_security_group(case: Case) -> None:
    case.settings[_ACCESS] = [_entry(case, "BASIC_AUTH"), {"Type": "VPC_SUBNET", "URI": "subnet:subnet-0a1b2c3d"}]


@corrupts("ESM237", on=_OWN)
def _a_scope_without_its_secret(case: Case) -> None:
    _access(case, "BASIC_AUTH", "OAUTHBEARER_SCOPE")


@corrupts("ESM238", on=BROKERS)
def _two_credentials(case: Case) -> None:
    case.settings[_ACCESS].append(_entry(case, "BASIC_AUTH"))


@corrupts("ESM327", on=KAFKA)
def _retries_that_have_an_end_all_the_same(case: Case) -> bool:
    case.settings["MaximumRetryAttempts"] = -1
    case.settings.setdefault("ProvisionedPollerConfig", {"MinimumPollers": 1, "MaximumPollers": 2})
    return case.notes.get("queued") is not True


@corrupts("ESM328", on=KAFKA)
def _retries_for_ever(case: Case) -> bool:
    for name in ("DestinationConfig", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds"):
        case.settings.pop(name, None)
    return case.notes.get("queued") is not True


@corrupts("ESM331", on=KAFKA)
def _a_consumer_group_without_a_name(case: Case) -> None:
    record = "AmazonManagedKafkaEventSourceConfig" if case.kind in MSK else "SelfManagedKafkaEventSourceConfig"
    del case.settings[record]["ConsumerGroupId"]


@corrupts("ESM242", on=("documentdb",))
def _an_engine_without_change_streams_for_lambda(case: Case) -> bool:
    return own(case) and put(case.properties("Source"), "EngineVersion", "3.6.0")


@corrupts("ESM242", on=("documentdb",))
def _a_cluster_without_tls(case: Case) -> bool:
    return own(case, "Group") and put(case.properties("Group"), "Parameters.tls", "disabled")


@corrupts("ESM409", on=("rabbitmq", "documentdb"))
def _a_broker_of_another_account(case: Case) -> bool:
    function_elsewhere(case, account="444455556666")
    return not own(case)


@corrupts("ESM410", on=MSK)
def _a_cluster_of_another_account(case: Case) -> bool:
    function_elsewhere(case, account="444455556666")
    return not own(case)


@corrupts("ESM243", on=("msk",))
def _a_password_where_the_cluster_knows_none(case: Case) -> bool:
    _access(case, "SASL_SCRAM_512_AUTH")
    return own(case) and put(case.properties("Source"), "ClientAuthentication", {"Sasl": {"Iam": {"Enabled": True}}})


@corrupts("ESM431", on=("msk",))
def _a_secret_with_a_name_that_msk_does_not_take(case: Case) -> None:
    key = {"Ref": case.add("OwnKey", "KMS::Key", {"KeyPolicy": {}})}
    case.add("Password", "SecretsManager::Secret", {"Name": "shop/kafka", "KmsKeyId": key})
    case.settings[_ACCESS] = [{"Type": "SASL_SCRAM_512_AUTH", "URI": {"Ref": "Password"}}]


@corrupts("ESM431", on=("msk",))
def _a_secret_without_its_own_key(case: Case) -> None:
    case.add("Password", "SecretsManager::Secret", {"Name": "AmazonMSK_orders"})
    case.settings[_ACCESS] = [{"Type": "SASL_SCRAM_512_AUTH", "URI": {"Ref": "Password"}}]


@corrupts("ESM430", on=("msk-serverless",))
def _a_serverless_cluster_through_a_connection(case: Case) -> None:
    target = case.elsewhere("kafka", "cluster/shop/11111111-2222-3333-4444-555555555555-s1")
    case.add("Connection", "MSK::VpcConnection", {"TargetClusterArn": target, "Authentication": "SASL_IAM"})
    case.settings["EventSourceArn"] = {"Fn::GetAtt": ["Connection", "Arn"]}


@corrupts("ESM411", on=_WITH_ACCESS)
def _a_secret_of_another_region(case: Case) -> None:
    function_elsewhere(case, region="us-east-1")
    kind = case.sheet.by_name[f"{_ACCESS}.Type"].choices[0]
    case.settings[_ACCESS] = [_entry(case, kind)]
    if case.kind == "rabbitmq":
        case.settings[_ACCESS].append({"Type": "VIRTUAL_HOST", "URI": "/"})


@corrupts("ESM412", on=MSK)
def _a_cluster_without_a_way_to_lambda(case: Case) -> bool:
    if not own(case):
        return False
    case.add("Vpc", "EC2::VPC", {"CidrBlock": "10.0.0.0/16"})
    case.add("Subnet", "EC2::Subnet", {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"})
    subnets = [{"Ref": "Subnet"}]
    if case.kind == "msk":
        put(case.properties("Source"), "BrokerNodeGroupInfo.ClientSubnets", subnets)
    else:
        case.properties("Source")["VpcConfigs"] = [{"SubnetIds": subnets}]
    return "ProvisionedPollerConfig" not in case.settings


@corrupts("ESM432", on=MSK)
def _a_cluster_without_a_way_to_its_bucket(case: Case) -> bool:
    if not _a_cluster_without_a_way_to_lambda(case):
        return False
    for service in ("lambda", "sts", "sqs", "sns", "secretsmanager"):
        name = {"Fn::Sub": f"com.amazonaws.${{AWS::Region}}.{service}"}
        case.add(f"To{service}", "EC2::VPCEndpoint", {"VpcId": {"Ref": "Vpc"}, "ServiceName": name})
    case.settings["DestinationConfig"] = {"OnFailure": {"Destination": "arn:aws:s3:::failed-orders"}}
    return True


@corrupts("ESM413", on=MQ)
def _a_broker_with_ldap(case: Case) -> bool:
    return own(case) and put(case.properties("Source"), "AuthenticationStrategy", "LDAP")


@corrupts("ESM333", on=BROKERS)
def _nothing_at_all(case: Case) -> None:
    """A broker's mapping offers no failure path, so that every one of them is told."""
    del case
