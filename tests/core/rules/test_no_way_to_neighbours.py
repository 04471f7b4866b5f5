from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.testing.plans import ids, mapping, with_settings, with_source

ID = "ESM432"


def leading_to(*services: str, kind: str = "msk", pollers: bool = False) -> MappingPlan:
    settings = {} if pollers else {"ProvisionedPollerConfig": None}
    return with_source(mapping(kind, **settings), endpoints=frozenset(services))


@pytest.mark.parametrize(
    "services", [(), ("lambda", "sts"), ("lambda", "sts", "s3"), ("lambda", "sts", "secretsmanager")]
)
def test_a_secret_or_a_destination_without_an_endpoint_is_found(services: tuple[str, ...]) -> None:
    assert ids(leading_to(*services), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_endpoints_for_all_of_them_will_do(kind: str) -> None:
    assert ids(leading_to("lambda", "sts", "s3", "secretsmanager", kind=kind), select=[ID]) == []


def test_what_is_not_called_needs_no_endpoint() -> None:
    by_role = with_settings(leading_to("lambda", "sts", "s3"), SourceAccessConfigurations=None)
    nowhere = FailurePath(kind=FailureKind.DISCARD, reason="metrics only")

    assert ids(by_role, select=[ID]) == []
    assert ids(replace(leading_to("secretsmanager"), failure=nowhere), select=[ID]) == []


@pytest.mark.parametrize("endpoints", [UNKNOWN])
def test_pollers_of_their_own_and_a_hidden_network_are_silent(endpoints: Unknowable) -> None:
    assert ids(leading_to(pollers=True), select=[ID]) == []
    assert ids(with_source(leading_to(), endpoints=endpoints), select=[ID]) == []
    assert ids(with_source(leading_to(), reaches_lambda=False), select=[ID]) == []
    assert ids(mapping("rabbitmq"), mapping("kinesis"), select=[ID]) == []
