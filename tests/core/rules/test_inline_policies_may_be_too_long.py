import pytest

from cdk_esm.plan import InlinePolicies
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_inline_policies

ID = "ESM428"


@pytest.mark.parametrize(
    ("at_least", "about", "found"),
    [
        pytest.param(9_000, 10_240, [], id="fits"),
        pytest.param(9_000, 10_241, [ID], id="likely too long"),
        pytest.param(10_240, 10_241, [ID], id="just not certain"),
        pytest.param(10_241, 14_000, [], id="certain, so another rule tells it"),
    ],
)
def test_inline_policies_that_are_likely_beyond_the_quota_are_found(
    at_least: int, about: int, found: list[str]
) -> None:
    plan = with_inline_policies(mapping(), InlinePolicies(role="Shop/Role", count=2, at_least=at_least, about=about))

    assert ids(plan, select=[ID]) == found


def test_the_message_says_that_it_is_an_estimate() -> None:
    plan = with_inline_policies(mapping(), InlinePolicies(role="Shop/Role", count=20, at_least=9_000, about=14_550))

    [finding] = check([plan], select=[ID])

    assert finding.got == 14_550
    assert finding.message == (
        "the role Shop/Role has 20 inline policies with about 14550 characters, and IAM takes 10240 (9000 are certain; "
        "what only the deployment knows is counted with its usual length)"
    )
