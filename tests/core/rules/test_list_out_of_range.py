import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM113"


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("msk", "Topics", ["a", "b"]),
        ("msk", "Topics", []),
        ("msk", "Topics", ["t" * 250]),
        ("rabbitmq", "Queues", ["a", "b"]),
        ("activemq", "Queues", ["q" * 1001]),
        ("self-managed-kafka", "SelfManagedEventSource", {"Endpoints": {"KafkaBootstrapServers": ["a:1"] * 11}}),
        ("rabbitmq", "SourceAccessConfigurations", [{"Type": "BASIC_AUTH", "URI": "x" * 201}]),
    ],
)
def test_too_many_too_few_and_too_long_are_refused(kind: str, name: str, value: object) -> None:
    (finding,) = check([mapping(kind, **{name: value})], select=[ID])

    assert finding.setting.startswith(name)


def test_what_is_hidden_is_not_counted() -> None:
    assert ids(mapping("msk", Topics=[UNKNOWN, UNKNOWN]), select=[ID]) == []
    assert ids(mapping("msk", Topics=UNKNOWN), select=[ID]) == []
    assert ids(mapping("rabbitmq", SourceAccessConfigurations=UNKNOWN), select=[ID]) == []
    hidden = [{"Type": "BASIC_AUTH", "URI": UNRESOLVED}]
    assert ids(mapping("rabbitmq", SourceAccessConfigurations=hidden), select=[ID]) == []


def test_lists_without_a_range_are_not_counted() -> None:
    assert ids(mapping("sqs", Tags=[{"Key": "a", "Value": "b"}] * 40), select=[ID]) == []


def test_a_member_that_is_too_long_is_to_be_shorter_and_not_alone() -> None:
    (finding,) = check([mapping("msk", Topics=["t" * 250])], select=[ID])

    assert finding.message.endswith("takes at most 249 characters")
    assert finding.fix.startswith("give each member of Topics at most 249 characters")
