from dataclasses import replace

import pytest

from cdk_esm.plan import Access, Door, InlinePolicies
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_inline_policies, with_settings

ID = "ESM427"


def policies(at_least: int, *, role: str = "Shop/Role", count: int = 20) -> InlinePolicies:
    return InlinePolicies(role=role, count=count, at_least=at_least, about=at_least)


@pytest.mark.parametrize(("at_least", "found"), [(10_239, []), (10_240, []), (10_241, [ID]), (99_999, [ID])])
def test_inline_policies_beyond_the_quota_are_found(at_least: int, found: list[str]) -> None:
    assert ids(with_inline_policies(mapping(), policies(at_least)), select=[ID]) == found


def test_a_role_is_told_once_with_all_its_mappings() -> None:
    plans = [with_inline_policies(replace(mapping(), path=f"Shop/Orders{n}"), policies(12_000)) for n in range(7)]
    plans[3] = with_settings(plans[3], Enabled=False)

    [finding] = check(plans, select=[ID])

    assert (finding.path, finding.setting, finding.got) == ("Shop/Orders0", "Role", 12_000)
    assert finding.allowed == "at most 10240 characters"
    assert finding.message == (
        "the role Shop/Role has 20 inline policies with at least 12000 characters, and IAM takes 10240; it is the role "
        "of Shop/Orders0, Shop/Orders1, Shop/Orders2, Shop/Orders3, Shop/Orders4 and 2 more"
    )


def test_each_role_is_told_for_itself() -> None:
    plans = [
        with_inline_policies(replace(mapping(), path=f"Shop/{role}"), policies(12_000, role=role))
        for role in ("A", "B")
    ]

    assert [finding.path for finding in check(plans, select=[ID])] == ["Shop/A", "Shop/B"]


def test_the_fix_speaks_of_grants_at_a_construct_only() -> None:
    plan = with_inline_policies(mapping(), policies(12_000, count=1))

    [in_template] = check([plan], select=[ID])
    [in_construct] = check([replace(plan, door=Door.CONSTRUCT)], select=[ID])

    assert "has 1 inline policy with" in in_template.message
    assert "grants=False" not in in_template.fix
    assert in_construct.fix == f"{in_template.fix}, with grants=False at their constructs"


def test_a_role_that_nobody_can_look_into_is_not_judged() -> None:
    plan = mapping()

    assert ids(replace(plan, role=replace(plan.role, access=None)), select=[ID]) == []
    assert ids(replace(plan, role=replace(plan.role, access=Access())), select=[ID]) == []


def test_a_quota_can_be_acknowledged() -> None:
    plan = replace(with_inline_policies(mapping(), policies(12_000)), acknowledged={ID: "AWS raised it for us"})

    [finding] = check([plan], select=[ID])

    assert finding.acknowledged == "AWS raised it for us"
