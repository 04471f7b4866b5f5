"""What the poller of a mapping needs: every word of every fact sheet, answered from a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Grant, Neighbour, When
from cdk_esm.plan import Destination, FailureKind, FailurePath, MappingPlan, SchemaRegistry, Secret
from cdk_esm.plan.needs import ANSWERS, needs
from cdk_esm.rules.permissions import WORDS
from cdk_esm.sources import SOURCES
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.template.targets import TARGETS
from cdk_esm.testing.plans import mapping, with_settings, with_source

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1"
CONNECTION: Final = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/1-2"
SECRET: Final = Secret(identity="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf", encryption_key=None)
IAM: Final = frozenset({"Iam"})


def access(*types: object) -> list[dict[str, object]]:
    return [{"Type": kind, "URI": SECRET.identity} for kind in types]


def used() -> Iterator[tuple[str, When]]:
    """Every ``When`` with every source and every kind of destination whose sheet has it."""
    sheets: Mapping[str, Any] = {**SOURCES, **DESTINATIONS}
    for name, sheet in sheets.items():
        yield from ((name, grant.when) for grant in sheet.grants if grant.when is not None)


def grants() -> Iterator[Grant]:
    for source in SOURCES.values():
        yield from source.grants
    for destination in DESTINATIONS.values():
        yield from destination.grants


def test_every_condition_has_an_answer_and_every_neighbour_its_targets_and_words() -> None:
    assert set(ANSWERS) == set(When)
    assert set(TARGETS) == set(Neighbour)
    assert set(WORDS) == set(Neighbour)


def test_the_sheets_use_every_condition_and_every_neighbour() -> None:
    assert {grant.when for grant in grants()} == {None, *When}
    assert {grant.on for grant in grants()} == set(Neighbour)


def test_a_word_that_nobody_knows_ends_the_import_of_its_sheet() -> None:
    with pytest.raises(ValueError, match="sauce"):
        Grant(("sqs:ReceiveMessage",), on="sauce")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="on sundays"):
        Grant(("sqs:ReceiveMessage",), on=Neighbour.SOURCE, when="on sundays")  # type: ignore[arg-type]


def cluster(source: str, offered: Any, *types: object) -> MappingPlan:
    """A mapping of a cluster that offers this to its clients, with access configurations of these types."""
    settings = {"SourceAccessConfigurations": access(*types) if types else None}
    return with_settings(with_source(mapping(source), authentications=offered), **settings)


def with_entries(source: str, entries: Any) -> MappingPlan:
    return with_settings(mapping(source), SourceAccessConfigurations=entries)


def with_secret(source: str, key: Any) -> MappingPlan:
    return replace(mapping(source), secrets=(replace(SECRET, encryption_key=key),))


def with_registry(source: str, uri: object, registry: SchemaRegistry | None = None) -> MappingPlan:
    config = {"SchemaRegistryConfig": {"SchemaRegistryURI": uri}}
    record = "SelfManaged" if source == SELF_MANAGED else "AmazonManaged"
    plan = with_settings(mapping(source), **{f"{record}KafkaEventSourceConfig": config})
    return replace(plan, schema_registry=registry)


def failing_to(kind: str, source: str = "kinesis", key: Any = None, **changes: Any) -> MappingPlan:
    to = Destination(identity="arn:aws:sqs:eu-west-1:111122223333:failed", encryption_key=key)
    return replace(mapping(source), failure=FailurePath(kind=FailureKind(kind), destination=to), **changes)


def keys(sheet: str, plan_with: Any) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    """The answers about a key, whatever has it."""
    when = When.DESTINATION_HAS_KEY if sheet in DESTINATIONS else When.SOURCE_HAS_KEY
    for title, key, wanted in (
        ("none", None, False),
        ("own", KEY, True),
        ("of AWS", "alias/aws/sqs", False),
        ("of AWS, by its ARN", "arn:aws:kms:eu-west-1:111122223333:alias/aws/sqs", False),
        ("hidden", UNKNOWN, UNKNOWN),
        ("of the deployment", UNRESOLVED, UNRESOLVED),
    ):
        yield sheet, when, f"key: {title}", plan_with(key), wanted


def iam_answers(sheet: str, source: str, **changes: Any) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    """The answers about IAM on a cluster of Amazon MSK."""
    named = "SASL_SCRAM_512_AUTH"
    for title, offered, types, wanted in (
        ("IAM alone", IAM, (), True),
        ("IAM and others", IAM | {"Scram"}, (), True),
        ("IAM, and another is named", IAM | {"Scram"}, (named,), False),
        ("IAM, and a hidden one is named", IAM, (UNRESOLVED,), UNKNOWN),
        ("no IAM", frozenset({"Scram"}), (), False),
        ("no IAM, and a hidden one is named", frozenset({"Scram"}), (UNRESOLVED,), False),
        ("hidden", UNKNOWN, (), UNKNOWN),
        ("hidden, and another is named", UNKNOWN, (named,), False),
    ):
        yield sheet, When.WITH_IAM, title, replace(cluster(source, offered, *types), **changes), wanted


def secret_answers(source: str, when: When, *types: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    """The answers about secrets that sign a mapping in."""
    for kind in types:
        yield source, when, kind, with_entries(source, access(kind)), True
    yield source, when, "hidden type", with_entries(source, access(UNRESOLVED)), UNRESOLVED
    yield source, when, "hidden entry", with_entries(source, [UNRESOLVED]), UNKNOWN
    yield source, when, "hidden entry beside a known one", with_entries(source, [UNRESOLVED, *access(types[0])]), True
    yield source, when, "hidden list", with_entries(source, UNRESOLVED), UNRESOLVED
    yield source, when, "none", with_entries(source, None), False
    yield source, when, "one that is seen", with_secret(source, None), True


def secret_key_answers(source: str, kind: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    when = When.SECRET_HAS_KEY
    yield source, when, "no key", with_secret(source, None), False
    yield source, when, "own key", with_secret(source, KEY), True
    yield source, when, "key of AWS", with_secret(source, "alias/aws/secretsmanager"), False
    yield source, when, "hidden key", with_secret(source, UNKNOWN), UNKNOWN
    both = (SECRET, replace(SECRET, encryption_key=UNKNOWN), replace(SECRET, encryption_key=KEY))
    yield source, when, "one of several", replace(mapping(source), secrets=both), True
    yield source, when, "secret that nobody looked at", with_entries(source, access(kind)), UNKNOWN
    yield source, when, "no secret", with_entries(source, None), False


def network_answers(source: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    when = When.WITH_NETWORK
    yield source, when, "subnets", with_entries(source, access("BASIC_AUTH", "VPC_SUBNET")), True
    yield source, when, "over the internet", with_entries(source, access("BASIC_AUTH")), False
    yield source, when, "hidden", with_entries(source, access("BASIC_AUTH", UNRESOLVED)), UNRESOLVED


def glue_answers(source: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    when, glue = When.WITH_GLUE, "arn:aws:glue:eu-west-1:111122223333:registry/shop"
    yield source, when, "none", mapping(source), False
    yield source, when, "Glue", with_registry(source, glue), True
    yield source, when, "another", with_registry(source, "https://schemas.example.com"), False
    yield source, when, "of the deployment", with_registry(source, UNRESOLVED), UNRESOLVED
    for answer in (True, False, UNKNOWN):
        registry = SchemaRegistry(identity="Shop/Registry", of_glue=answer)
        yield source, when, f"seen: {answer}", with_registry(source, UNRESOLVED, registry), answer


def connection_answers(source: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    for connection, wanted in ((None, False), (CONNECTION, True), (UNKNOWN, UNKNOWN)):
        plan = with_source(mapping(source), connection=connection)
        yield source, When.CROSS_ACCOUNT, f"connection: {connection}", plan, wanted


def endpoint_answers(source: str) -> Iterator[tuple[str, When, str, MappingPlan, object]]:
    """That a public broker needs no network interfaces is inferred: only the user can take them away."""
    for public, stated, wanted in (
        (UNKNOWN, None, True),
        (False, None, True),
        (False, False, True),
        (True, None, UNKNOWN),
        (True, False, UNKNOWN),
        (UNKNOWN, True, False),
        (False, True, False),
    ):
        plan = with_source(mapping(source), publicly_accessible=public)
        choices = {} if stated is None else {"public_endpoint": stated}
        title = f"public: {public}, stated: {stated}"
        yield source, When.UNLESS_PUBLIC, title, replace(plan, choices=choices), wanted


MSK_TYPES: Final = ("SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")
OWN_TYPES: Final = ("BASIC_AUTH", "SASL_SCRAM_256_AUTH", "OAUTHBEARER_AUTH", "SERVER_ROOT_CA_CERTIFICATE", *MSK_TYPES)
TO_TOPIC: Final = FailurePath(kind=FailureKind.KAFKA_TOPIC, destination=Destination(identity="kafka://failed"))
SELF_MANAGED: Final = "self-managed-kafka"
CASES: Final = [
    *(
        case
        for source in ("sqs", "sqs-fifo", "kinesis", "kinesis-efo", "dynamodb", "documentdb")
        for case in keys(source, lambda key, source=source: with_source(mapping(source), encryption_key=key))
    ),
    *(
        case
        for kind in ("bucket", "queue", "topic")
        for case in keys(kind, lambda key, kind=kind: failing_to(kind, key=key))
    ),
    *(case for source in ("activemq", "rabbitmq") for case in endpoint_answers(source)),
    *iam_answers("msk", "msk"),
    *iam_answers("kafka-topic", "msk", failure=TO_TOPIC),
    ("kafka-topic", When.WITH_IAM, "serverless", replace(mapping("msk-serverless"), failure=TO_TOPIC), True),
    *(
        (
            "kafka-topic",
            When.WITH_IAM,
            f"own cluster, {kind}",
            replace(cluster(SELF_MANAGED, UNKNOWN, kind), failure=TO_TOPIC),
            wanted,
        )
        for kind, wanted in (("BASIC_AUTH", False), ("VPC_SUBNET", False), ("IAM_AUTH", UNKNOWN))
    ),
    *secret_answers("msk", When.WITH_CREDENTIALS, *MSK_TYPES),
    *secret_answers(SELF_MANAGED, When.WITH_CREDENTIALS_OR_ROOT, *OWN_TYPES),
    (SELF_MANAGED, When.WITH_CREDENTIALS_OR_ROOT, "role", with_entries(SELF_MANAGED, [{"Type": "IAM_AUTH"}]), False),
    ("msk", When.WITH_PASSWORD, "password", with_entries("msk", access("SASL_SCRAM_512_AUTH")), True),
    ("msk", When.WITH_PASSWORD, "certificate", with_entries("msk", access("CLIENT_CERTIFICATE_TLS_AUTH")), False),
    ("msk", When.WITH_PASSWORD, "hidden", with_entries("msk", access(UNKNOWN)), UNKNOWN),
    *(
        case
        for source, kind in {
            "msk": MSK_TYPES[0],
            **dict.fromkeys((SELF_MANAGED, "activemq", "rabbitmq", "documentdb"), "BASIC_AUTH"),
        }.items()
        for case in secret_key_answers(source, kind)
    ),
    *network_answers(SELF_MANAGED),
    *(case for source in ("msk", "msk-serverless", SELF_MANAGED) for case in glue_answers(source)),
    *(case for source in ("msk", "msk-serverless") for case in connection_answers(source)),
    # A serverless cluster has no secrets, but its schema registry may.
    ("msk-serverless", When.WITH_CREDENTIALS, "of a registry", with_secret("msk-serverless", None), True),
    ("msk-serverless", When.WITH_CREDENTIALS, "none", mapping("msk-serverless"), False),
    ("msk-serverless", When.SECRET_HAS_KEY, "own key", with_secret("msk-serverless", KEY), True),
    ("msk-serverless", When.SECRET_HAS_KEY, "no secret", mapping("msk-serverless"), False),
]


@pytest.mark.parametrize(
    ("when", "plan", "wanted"),
    [
        pytest.param(when, plan, wanted, id=f"{sheet}: {when.name.lower()}: {title}")
        for sheet, when, title, plan, wanted in CASES
    ],
)
def test_a_plan_tells_whether_it_needs_a_grant_or_that_it_cannot_tell(
    when: When, plan: MappingPlan, wanted: object
) -> None:
    answers = [need.applies for need in needs(plan) if need.grant.when is when]

    assert answers
    assert all(answer is wanted for answer in answers)


def test_every_condition_is_tried_on_every_sheet_that_has_it() -> None:
    assert {(sheet, when) for sheet, when, *_ in CASES} == set(used())


@pytest.mark.parametrize("source", SOURCES)
def test_the_needs_are_the_grants_of_the_source_and_then_of_the_destination(source: str) -> None:
    plan = mapping(source)
    bucket = DESTINATIONS["bucket"].grants if plan.facts.destinations else ()

    assert [need.grant for need in needs(plan)] == [*plan.facts.grants, *bucket]
    assert all(need.applies is True for need in needs(plan) if need.grant.when is None)


@pytest.mark.parametrize(
    "failure", [UNKNOWN, FailurePath(kind=FailureKind.NONE), FailurePath(kind=FailureKind.DISCARD, reason="unused")]
)
def test_a_destination_that_is_hidden_or_is_not_there_needs_nothing(failure: Any) -> None:
    plan = replace(mapping("kinesis"), failure=failure)

    assert [need.grant for need in needs(plan)] == list(plan.facts.grants)


@pytest.mark.parametrize(("has_stream", "wanted"), [(False, False), (UNKNOWN, True), (True, True)])
def test_a_table_that_has_no_stream_for_certain_has_nothing_to_read(has_stream: Any, *, wanted: bool) -> None:
    found = needs(with_source(mapping("dynamodb"), has_stream=has_stream))

    assert {need.applies for need in found if need.grant.on is Neighbour.SOURCE} == {wanted}
    assert {need.applies for need in found if need.grant.on is Neighbour.DESTINATION} == {True}
