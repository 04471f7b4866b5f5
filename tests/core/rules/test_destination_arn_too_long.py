import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM112"
START = "arn:aws:sqs:eu-west-1:111122223333:"


def to(arn: object) -> dict[str, object]:
    return {"OnFailure": {"Destination": arn}}


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_arn_of_351_characters_is_refused(kind: str) -> None:
    (finding,) = check([mapping(kind, DestinationConfig=to(START.ljust(351, "x")))])

    assert (finding.rule.id, finding.got, finding.allowed) == (ID, 351, "at most 350 characters")


def test_arn_of_350_characters_is_fine() -> None:
    assert ids(mapping("kinesis", DestinationConfig=to(START.ljust(350, "x")))) == []


def test_source_without_destinations_is_for_another_rule() -> None:
    assert ids(mapping("sqs", DestinationConfig=to(START.ljust(351, "x")))) == ["ESM102"]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: object) -> None:
    for config in (hidden, {"OnFailure": hidden}, to(hidden)):
        assert ids(mapping("kinesis", DestinationConfig=config), select=[ID]) == []
