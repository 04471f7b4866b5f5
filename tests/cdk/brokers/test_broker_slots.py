"""What goes into the slots of the constructs for brokers and document clusters, and what the mapping says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_neptune as neptune
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.brokers.variants import (
    BROKER,
    CLUSTER,
    NEEDED,
    SECRET,
    WHY,
    a_broker,
    a_cluster,
    both_brokers,
    build,
    every_kind,
)
from tests.cdk.existing import a_function
from tests.cdk.templates import arn_of, logical_id, properties, quiet_app, resources

MAPPING: Final = "AWS::Lambda::EventSourceMapping"


@both_brokers
def test_a_broker_by_its_arn_makes_this_mapping(kind: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = build(kind, stack, function)
    written = properties(bundle.mapping)

    assert written == {
        "EventSourceArn": BROKER,
        "FunctionName": arn_of(bundle.function),
        "Queues": ["orders"],
        "SourceAccessConfigurations": [{"Type": "BASIC_AUTH", "URI": SECRET}],
    }


def test_a_document_cluster_by_its_arn_makes_this_mapping(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = build("documentdb", stack, function, collection="reviews", full_document="UpdateLookup")

    assert properties(bundle.mapping) == {
        "DocumentDBEventSourceConfig": {
            "DatabaseName": "shop",
            "CollectionName": "reviews",
            "FullDocument": "UpdateLookup",
        },
        "EventSourceArn": CLUSTER,
        "FunctionName": arn_of(bundle.function),
        "SourceAccessConfigurations": [{"Type": "BASIC_AUTH", "URI": SECRET}],
        "StartingPosition": "TRIM_HORIZON",
    }


@both_brokers
def test_a_broker_of_the_app_is_named_by_its_arn(kind: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    broker = a_broker(stack, kind)

    assert properties(build(kind, stack, function, broker=broker).mapping)["EventSourceArn"] == arn_of(broker)


class Deployment:
    """A broker as ``cdk-amazonmq`` has it, without that library."""

    def __init__(self, stack: cdk.Stack) -> None:
        self.arn, self.id, self.name = BROKER, "b-1", "shop"
        self.env, self.node = stack.node.default_child, stack.node

    def metric_consumer_count(self) -> None:
        """Both engines have it."""

    def metric_exchange_count(self) -> None:
        """RabbitMQ alone has it."""


Deployment.arn = Deployment.id = Deployment.name = ""  # as jsii has properties on classes


def test_a_broker_of_another_library_is_known_by_what_it_offers(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = build("rabbitmq", stack, function, broker=Deployment(stack))

    assert properties(bundle.mapping)["EventSourceArn"] == BROKER
    with pytest.raises(esm.InvalidMappingError, match="ESM247"):
        build("activemq", stack, function, "Other", broker=Deployment(stack))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        pytest.param(None, [], id="none"),
        pytest.param("/", [], id="the default one"),
        pytest.param("erp", [{"Type": "VIRTUAL_HOST", "URI": "erp"}], id="a name"),
        pytest.param("/erp", [{"Type": "VIRTUAL_HOST", "URI": "/erp"}], id="a path"),
    ],
)
def test_the_default_virtual_host_is_left_out(
    given: str | None, written: list[Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = build("rabbitmq", stack, function, virtual_host=given)

    assert properties(bundle.mapping)["SourceAccessConfigurations"][1:] == written


def test_a_virtual_host_may_be_a_token(stack: cdk.Stack, function: esm.NewFunction) -> None:
    host = cdk.CfnParameter(stack, "Host").value_as_string
    bundle = build("rabbitmq", stack, function, virtual_host=host)

    assert properties(bundle.mapping)["SourceAccessConfigurations"][1] == {
        "Type": "VIRTUAL_HOST",
        "URI": {"Ref": "Host"},
    }


@pytest.mark.parametrize("form", ["L2", "L1", "imported"])
def test_the_arn_of_a_document_cluster_is_built_of_its_identifier(
    form: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    cluster: Any
    name: Any
    if form == "L2":
        cluster, name = a_cluster(stack), {"Ref": "ClusterEB0386A7"}
    elif form == "L1":
        cluster, name = docdb.CfnDBCluster(stack, "Cluster"), {"Ref": "Cluster"}
    else:
        name = "shop"
        cluster = docdb.DatabaseCluster.from_database_cluster_attributes(stack, "Known", cluster_identifier="shop")
    arn = properties(build("documentdb", stack, function, cluster=cluster).mapping)["EventSourceArn"]
    text = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in arn["Fn::Join"][1])

    assert text.startswith("arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:cluster:")
    assert text.endswith(name if isinstance(name, str) else f":<{name['Ref']}>")


@pytest.mark.parametrize("wrong", ["rds", "neptune"])
def test_a_cluster_of_another_service_is_refused(wrong: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    clusters: dict[str, Callable[[], Any]] = {
        "rds": lambda: rds.DatabaseCluster.from_database_cluster_attributes(stack, "Rds", cluster_identifier="shop"),
        "neptune": lambda: neptune.CfnDBCluster(stack, "Neptune"),
    }
    with pytest.raises(esm.EsmTypeError, match="cluster takes an Amazon DocumentDB cluster"):
        build("documentdb", stack, function, cluster=clusters[wrong]())


def test_the_secret_that_a_cluster_made_is_credentials(stack: cdk.Stack, function: esm.NewFunction) -> None:
    cluster = a_cluster(stack)
    bundle = build("documentdb", stack, function, cluster=cluster, credentials=cluster.secret)
    uri = properties(bundle.mapping)["SourceAccessConfigurations"][0]["URI"]

    assert uri == {"Ref": logical_id(cluster.secret)}  # type: ignore[arg-type]  # it made one


@every_kind
def test_a_secret_by_its_name_is_refused_with_the_way_to_its_arn(
    kind: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    by_name = secretsmanager.Secret.from_secret_name_v2(stack, "ByName", "shop/erp")
    with pytest.raises(esm.EsmTypeError) as caught:
        build(kind, stack, function, credentials=by_name)
    (finding,) = caught.value.findings

    assert (finding.rule.id, finding.setting) == ("ESM001", "credentials")
    assert "aws secretsmanager describe-secret --secret-id shop/erp" in finding.fix


@both_brokers
def test_a_threshold_for_the_backlog_is_asked_for_and_the_fix_pastes(
    kind: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        build(kind, stack, function, alarms=None)
    (finding,) = caught.value.findings
    first, second = (
        part.partition(" with")[0] for part in finding.fix.removeprefix("pass ").split(", or decline with ")
    )

    assert finding.rule.id == "ESM003"
    for number, fix in enumerate((first, second)):
        pasted = eval(f"dict({fix})", {"Alarms": esm.Alarms})  # noqa: S307 - our own words
        assert ("backlog" in build(kind, stack, function, f"Pasted{number}", **pasted).alarms) is (number == 0)


@every_kind
def test_another_queue_or_collection_is_another_logical_id(kind: str, tmp_path_factory: Any, function: Any) -> None:
    changes: dict[str, list[dict[str, Any]]] = {
        "documentdb": [{}, {"database": "other"}, {"collection": "reviews"}, {"collection": "orders"}],
    }
    found = []
    for number, change in enumerate(changes.get(kind, [{}, {"queue_name": "paid"}])):
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp(f"{kind}{number}")), "Shop")
        bundle = build(kind, stack, function, **change)
        found.append(logical_id(bundle.mapping))
        assert bundle.node.default_child is bundle.mapping

    assert len(set(found)) == len(found)


@every_kind
def test_what_an_update_can_change_keeps_the_logical_id(kind: str, tmp_path_factory: Any, function: Any) -> None:
    found = set()
    changes: tuple[dict[str, Any], ...] = ({}, {"batch_size": 5}, {"enabled": False}, {"tags": {"a": "b"}})
    for number, change in enumerate(changes):
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp(f"{kind}{number}")), "Shop")
        found.add(logical_id(build(kind, stack, function, **change).mapping))

    assert len(found) == 1


@pytest.mark.parametrize("keyword", ["queue_name", "database"])
def test_a_token_is_left_out_of_the_id_and_an_advice_says_it(
    keyword: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    kind = "documentdb" if keyword == "database" else "rabbitmq"
    bundle = build(kind, stack, function, **{keyword: cdk.CfnParameter(stack, "Name").value_as_string})

    assert logical_id(bundle.mapping) == "OrdersA9B65338"
    assert "ESM346" in {finding.rule.id for finding in bundle.findings}


@every_kind
def test_an_existing_function_and_an_old_id_are_kept(kind: str, stack: cdk.Stack) -> None:
    function = a_function(stack)
    bundle = build(kind, stack, function, logical_id="OldMapping")

    assert bundle.function is function
    assert set(resources(stack, MAPPING)) == {"OldMapping"}


@every_kind
def test_a_default_bundle_brings_one_advice_and_no_more(kind: str, stack: cdk.Stack, function: Any) -> None:
    """It says what the construct cannot give, and which alarm there is instead."""
    (finding,) = build(kind, stack, function).findings
    alarm = {"documentdb": "the alarms iterator_age and oversized"}.get(kind, "the alarm backlog")

    assert finding.rule.id == "ESM333"
    assert finding.severity is esm.Severity.ADVICE
    assert alarm in finding.fix
    assert build(kind, stack, function, "Other", acknowledge={"ESM333": WHY}).findings[0].acknowledged == WHY


@every_kind
def test_the_timeout_may_be_840_seconds_and_no_more(kind: str, stack: cdk.Stack, code: str) -> None:
    def function(seconds: int) -> esm.NewFunction:
        return esm.NewFunction(code, "app.handler", timeout=cdk.Duration.seconds(seconds))

    build(kind, stack, function(840))
    with pytest.raises(esm.InvalidMappingError, match="ESM240"):
        build(kind, stack, function(841), "Other")


def test_a_cluster_reads_its_engine_from_its_l1(stack: cdk.Stack, function: esm.NewFunction) -> None:
    old = a_cluster(stack, engine_version="3.6.0", vpc_subnets=ec2.SubnetSelection())
    with pytest.raises(esm.InvalidMappingError, match="ESM242"):
        build("documentdb", stack, function, cluster=old)


@pytest.mark.parametrize(
    ("about", "rule"),
    [
        pytest.param({"engine_type": "ACTIVEMQ"}, "ESM247", id="another engine"),
        pytest.param({"authentication_strategy": "ldap", "engine_type": "RabbitMQ"}, "ESM413", id="LDAP"),
    ],
)
def test_a_broker_reads_its_engine_and_its_users_from_its_l1(
    about: dict[str, str], rule: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.InvalidMappingError, match=rule):
        build("rabbitmq", stack, function, broker=a_broker(stack, "rabbitmq", **about))


def test_every_kind_needs_its_keywords(stack: cdk.Stack, function: esm.NewFunction) -> None:
    for kind, needed in NEEDED.items():
        for keyword in set(needed) - {"alarms"}:
            with pytest.raises(esm.EsmTypeError, match=r"ESM00[13]"):
                build(kind, stack, function, f"{kind}{keyword}", **{keyword: None})
