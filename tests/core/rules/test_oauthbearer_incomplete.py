import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"

ID = "ESM237"


def found(*entries: object) -> list[str]:
    given = [entry if isinstance(entry, dict) else {"Type": entry} for entry in entries]
    return ids(mapping("self-managed-kafka", SourceAccessConfigurations=given), select=[ID])


@pytest.mark.parametrize(
    "entries",
    [
        ("OAUTHBEARER_SCOPE",),
        ("OAUTHBEARER_LOGICAL_CLUSTER", "IAM_AUTH"),
        ("OAUTHBEARER_AUDIENCE",),
        ("IAM_OAUTHBEARER_AUTH",),
        ("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"),
        ({"Type": "IAM_AUTH", "URI": STORED},),
    ],
)
def test_a_part_without_the_other_is_refused(entries: tuple[object, ...]) -> None:
    assert found(*entries) == [ID]


@pytest.mark.parametrize(
    "entries",
    [
        ("OAUTHBEARER_AUTH", "OAUTHBEARER_SCOPE", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_IDENTITY_POOL"),
        ("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"),
        ("IAM_AUTH",),
        ("OAUTHBEARER_SCOPE", {"Type": UNKNOWN}),
    ],
)
def test_whole_logins_and_hidden_parts_are_fine(entries: tuple[object, ...]) -> None:
    assert found(*entries) == []
