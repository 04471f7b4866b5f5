import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM236"


def entries(*types: object) -> list[dict[str, object]]:
    return [{"Type": type_, "URI": "x"} for type_ in types]


@pytest.mark.parametrize(
    ("half", "other"), [("VPC_SUBNET", "VPC_SECURITY_GROUP"), ("VPC_SECURITY_GROUP", "VPC_SUBNET")]
)
def test_a_subnet_or_a_security_group_alone_is_an_advice(half: str, other: str) -> None:
    [finding] = check([mapping("self-managed-kafka", SourceAccessConfigurations=entries(half))], select=[ID])

    assert finding.message == f"SourceAccessConfigurations has a {half} and no {other}"
    assert finding.fix == f"add a {other}, or remove the {half}"


@pytest.mark.parametrize("types", [("BASIC_AUTH",), ("VPC_SUBNET", "VPC_SECURITY_GROUP"), ("VPC_SUBNET", UNKNOWN)])
def test_both_entries_no_entry_and_hidden_entries_are_fine(types: tuple[object, ...]) -> None:
    assert ids(mapping("self-managed-kafka", SourceAccessConfigurations=entries(*types)), select=[ID]) == []
