"""Kafka clusters, of Amazon MSK and of one's own, and mappings on their topics."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.destinations import KAFKA_DESTINATIONS
from cdk_esm.sources.kafka_settings import POLLERS_IN_GROUP
from cdk_esm.sources.self_managed_kafka import BOOTSTRAP_SERVERS
from cdk_esm.sources.stream_settings import LEAST_RECORD_AGE
from tests.core.generated.case import Case
from tests.core.generated.common import add_mapping, answer_partially, batches, destination, filter_now_and_then, start
from tests.core.generated.functions import add_function, attach, reserve, target

_NETWORK: Final = (
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
)
_IN_CLUSTER: Final = ("kafka-cluster:Connect",)
_ON_TOPIC: Final = ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData")
_ON_GROUP: Final = ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup")
OF_MSK: Final = "AmazonMSK_shop"
_SUBNETS: Final = ("subnet-0a1b2c3d", "subnet-1a2b3c4d")


def network(case: Case) -> None:
    """What pollers need to stand in somebody's network."""
    case.allow(_NETWORK, "*")


def secret(case: Case, name: str = OF_MSK) -> Any:
    """The ARN of a secret, which the role may then read."""
    draw = case.draw
    if draw.chance(0.5):
        arn: Any = case.elsewhere("secretsmanager", f"secret:{name}-AbCdEf")
    else:
        logical_id = f"Secret{sum(one.startswith('Secret') for one in case.resources)}"
        case.add(logical_id, "SecretsManager::Secret", {"Name": f"{name}{logical_id}"})
        arn = {"Ref": logical_id}
        if name == OF_MSK:  # Amazon MSK takes no other
            case.properties(logical_id)["KmsKeyId"] = {"Ref": case.add("SecretKey", "KMS::Key", {"KeyPolicy": {}})}
            case.allow(("kms:Decrypt",), case.arn("SecretKey"))
    case.allow(("secretsmanager:GetSecretValue",), arn)
    return arn


def on_msk(case: Case) -> None:
    """A mapping on a topic of a cluster of Amazon MSK."""
    add_function(case)
    draw, serverless = case.draw, case.kind == "msk-serverless"
    by_password = not serverless and draw.chance(0.4)
    suffix = "-s1" if serverless else "-2"
    cluster: Any = case.elsewhere("kafka", f"cluster/shop/{draw.uuid()}{suffix}")
    if draw.chance(0.8):
        cluster = _add_cluster(case, by_password=by_password)
    case.allow(("kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"), cluster)
    case.allow(("kafka:DescribeCluster",), cluster)
    network(case)
    settings = add_mapping(case, cluster, target(case))
    if by_password:
        uri = secret(case)
        settings["SourceAccessConfigurations"] = [{"Type": "SASL_SCRAM_512_AUTH", "URI": uri}]
        case.allow(("kafka:ListScramSecrets",), cluster)
    else:
        _sign_in(case, cluster)
    start(case)
    _controls(case, "AmazonManagedKafkaEventSourceConfig")
    attach(case)


def _add_cluster(case: Case, *, by_password: bool) -> Any:
    draw = case.draw
    if case.kind == "msk-serverless":
        iam = {"Sasl": {"Iam": {"Enabled": True}}}
        networks = [{"SubnetIds": list(_SUBNETS), "SecurityGroups": ["sg-0a1b2c3d"]}]
        serverless: dict[str, Any] = {"ClusterName": "shop", "ClientAuthentication": iam, "VpcConfigs": networks}
        case.add("Source", "MSK::ServerlessCluster", serverless)
        return case.arn("Source")
    ways = {"Scram": {"Enabled": True}} if by_password else {"Iam": {"Enabled": True}}
    if draw.chance(0.3):
        ways = {"Scram": {"Enabled": True}, "Iam": {"Enabled": True}}
    brokers = {"ClientSubnets": list(_SUBNETS), "InstanceType": "kafka.m7g.large"}
    properties = {
        "ClusterName": "shop",
        "KafkaVersion": "3.8.x",
        "NumberOfBrokerNodes": 2,
        "BrokerNodeGroupInfo": brokers,
        "ClientAuthentication": {"Sasl": ways},
    }
    case.add("Source", "MSK::Cluster", properties)
    return draw.one_of((case.arn("Source"), {"Ref": "Source"}))


def _sign_in(case: Case, cluster: Any) -> None:
    """What the role needs inside of a cluster that it signs in to."""
    below = "arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:"
    case.allow(_IN_CLUSTER, cluster)
    case.allow(_ON_TOPIC, {"Fn::Sub": below + "topic/shop/*"})
    case.allow(_ON_GROUP, {"Fn::Sub": below + "group/shop/*"})


def on_own_cluster(case: Case) -> None:
    """A mapping on a topic of a cluster of one's own."""
    add_function(case)
    draw = case.draw
    settings = add_mapping(case, None, target(case))
    most = BOOTSTRAP_SERVERS.maximum or 1
    servers = [f"kafka-{place}.example.com:9092" for place in range(draw.between(1, most))]
    settings["SelfManagedEventSource"] = {"Endpoints": {"KafkaBootstrapServers": servers}}
    settings["SourceAccessConfigurations"] = _access(case)
    queued = draw.chance(0.15)
    if not queued:
        start(case)
    _controls(case, "SelfManagedKafkaEventSourceConfig", queued=queued)
    if queued:
        settings["SelfManagedKafkaEventSourceConfig"]["ConsumptionMode"] = "Queue"
        settings.pop("MaximumBatchingWindowInSeconds", None)
    case.notes["queued"] = queued
    attach(case)


def _access(case: Case) -> list[dict[str, Any]]:
    """One way to authenticate, or none beside a network, a root certificate, and where the cluster's network is."""
    draw = case.draw
    in_network = draw.chance(0.5)
    ways = (
        "BASIC_AUTH",
        "SASL_SCRAM_256_AUTH",
        "SASL_SCRAM_512_AUTH",
        "CLIENT_CERTIFICATE_TLS_AUTH",
        "OAUTHBEARER_AUTH",
    )
    entries: list[dict[str, Any]] = []
    if not in_network or draw.chance(0.8):
        entries.append({"Type": draw.one_of(ways), "URI": secret(case, "kafka")})
    if entries and draw.chance(0.3):
        entries.append({"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": secret(case, "root")})
    if in_network:
        entries += [{"Type": "VPC_SUBNET", "URI": f"subnet:{one}"} for one in _SUBNETS]
        entries.append({"Type": "VPC_SECURITY_GROUP", "URI": "security_group:sg-0a1b2c3d"})
        network(case)
    return entries


def _controls(case: Case, record: str, *, queued: bool = False) -> None:
    """Topic, group and batches; and with pollers of its own the controls of retries, logs and another topic."""
    draw, sheet, settings = case.draw, case.sheet.by_name, case.settings
    settings["Topics"] = [draw.one_of(("orders", "shop.orders", "orders-v2", "a_b.c-d"))]
    settings[record] = {"ConsumerGroupId": draw.one_of(("shop-orders", "arn:shop/orders", "a" * 200))}
    batches(case)
    pollers = draw.chance(0.6)
    case.notes["pollers"] = pollers
    kinds = KAFKA_DESTINATIONS if pollers else KAFKA_DESTINATIONS[:-1]
    kind = draw.one_of(kinds)
    if kind == "kafka-topic":
        settings["DestinationConfig"] = {"OnFailure": {"Destination": "kafka://orders-failed"}}
        case.allow(("kafka-cluster:Connect", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"), "*")
        case.notes["destination"] = kind
    else:
        destination(case, kind)
    if pollers:
        _pollers(case)
        answer_partially(case)
        if draw.chance(0.6):
            settings["MaximumRetryAttempts"] = case.value(draw.within(sheet["MaximumRetryAttempts"], least=0))
        if draw.chance(0.4):
            age = draw.within(sheet["MaximumRecordAgeInSeconds"], least=LEAST_RECORD_AGE.value)
            settings["MaximumRecordAgeInSeconds"] = case.value(age)
        if draw.chance(0.4):
            settings["BisectBatchOnFunctionError"] = case.value(draw.chance(0.7))
        if draw.chance(0.3):
            settings["LoggingConfig"] = {"SystemLogLevel": draw.one_of(("DEBUG", "INFO", "WARN"))}
        if draw.chance(0.2):
            _registry(case, record)
    elif queued:
        settings.pop("MaximumRetryAttempts", None)
    reserve(case, 1)
    filter_now_and_then(case)
    if draw.chance(0.2):
        settings["MetricsConfig"] = {"Metrics": ["EventCount", *draw.some_of(("ErrorCount", "KafkaMetrics"))]}


def _pollers(case: Case) -> None:
    draw, sheet = case.draw, case.sheet.by_name
    least = draw.within(sheet["ProvisionedPollerConfig.MinimumPollers"])
    greatest = draw.within(sheet["ProvisionedPollerConfig.MaximumPollers"], least=least)
    pollers = {"MinimumPollers": case.value(least), "MaximumPollers": case.value(greatest)}
    if draw.chance(0.2):
        assert greatest <= POLLERS_IN_GROUP.value
        pollers["PollerGroupName"] = draw.one_of(("shop", "shop_1", "a" * 128))
    case.settings["ProvisionedPollerConfig"] = pollers


def _registry(case: Case, record: str) -> None:
    """A schema registry: one's own, or AWS Glue's where the cluster is Amazon's."""
    draw = case.draw
    glue = record.startswith("Amazon") and draw.chance(0.5)
    registry: dict[str, Any] = {
        "SchemaRegistryURI": case.elsewhere("glue", "registry/shop") if glue else "https://registry.example.com",
        "EventRecordFormat": draw.one_of(("JSON", "SOURCE")),
        "SchemaValidationConfigs": [{"Attribute": one} for one in draw.some_of(("KEY", "VALUE"), 1)],
    }
    if glue:
        case.allow(("glue:GetRegistry",), registry["SchemaRegistryURI"])
        case.allow(("glue:GetSchemaVersion",), "*")
    else:
        registry["AccessConfigs"] = [{"Type": "BASIC_AUTH", "URI": secret(case, "registry")}]
    case.settings[record]["SchemaRegistryConfig"] = registry
