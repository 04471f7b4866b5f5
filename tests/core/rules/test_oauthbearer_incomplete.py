import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"

ID = "ESM237"


def with_entries(*entries: object) -> MappingPlan:
    given = [entry if isinstance(entry, dict) else {"Type": entry} for entry in entries]
    return mapping("self-managed-kafka", SourceAccessConfigurations=given)


@pytest.mark.parametrize(
    ("entries", "got", "wrong", "fix"),
    [
        (
            ("OAUTHBEARER_SCOPE",),
            "OAUTHBEARER_SCOPE",
            "OAUTHBEARER_SCOPE needs OAUTHBEARER_AUTH",
            "add OAUTHBEARER_AUTH, or remove OAUTHBEARER_SCOPE",
        ),
        (
            ("OAUTHBEARER_LOGICAL_CLUSTER", "IAM_AUTH"),
            "OAUTHBEARER_LOGICAL_CLUSTER",
            "OAUTHBEARER_LOGICAL_CLUSTER needs OAUTHBEARER_AUTH",
            "add OAUTHBEARER_AUTH, or remove OAUTHBEARER_LOGICAL_CLUSTER",
        ),
        (
            ("OAUTHBEARER_AUDIENCE",),
            "OAUTHBEARER_AUDIENCE",
            "OAUTHBEARER_AUDIENCE needs OAUTHBEARER_AUTH or IAM_OAUTHBEARER_AUTH",
            "add one of them, or remove OAUTHBEARER_AUDIENCE",
        ),
        (
            ("IAM_OAUTHBEARER_AUTH",),
            "IAM_OAUTHBEARER_AUTH",
            "IAM_OAUTHBEARER_AUTH needs OAUTHBEARER_AUDIENCE",
            "add OAUTHBEARER_AUDIENCE",
        ),
        (
            ("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"),
            "IAM_OAUTHBEARER_AUTH",
            "IAM_OAUTHBEARER_AUTH and OAUTHBEARER_AUTH exclude each other",
            "keep one of them",
        ),
        (({"Type": "IAM_AUTH", "URI": STORED},), "IAM_AUTH", "IAM_AUTH takes no URI", "remove its URI"),
    ],
)
def test_an_incomplete_oauthbearer_configuration_is_refused(
    entries: tuple[object, ...], got: str, wrong: str, fix: str
) -> None:
    [finding] = check([with_entries(*entries)], select=[ID])

    assert (finding.got, finding.fix) == (got, fix)
    assert finding.message == f"in SourceAccessConfigurations {wrong}"


@pytest.mark.parametrize(
    "entries",
    [
        ("OAUTHBEARER_AUTH", "OAUTHBEARER_SCOPE", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_IDENTITY_POOL"),
        ("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"),
        ("IAM_AUTH",),
        ("OAUTHBEARER_SCOPE", {"Type": UNKNOWN}),
    ],
)
def test_complete_and_hidden_configurations_are_fine(entries: tuple[object, ...]) -> None:
    assert ids(with_entries(*entries), select=[ID]) == []
