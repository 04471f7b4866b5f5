from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def test_a_function_that_isolates_tenants_is_refused() -> None:
    (finding,) = check([with_function(mapping(), tenant_isolated=True)], select=["ESM209"])

    assert finding.setting == "TenancyConfig"


def test_any_other_function_is_accepted() -> None:
    assert ids(mapping(), select=["ESM209"]) == []


def test_a_hidden_function_is_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(with_function(mapping(), tenant_isolated=hidden), select=["ESM209"]) == []
