from cdk_esm.plan import Code
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def test_a_path_that_leads_nowhere_is_refused() -> None:
    plan = with_function(mapping(), code=Code(path="handlers/ordres", exists=False))

    (finding,) = check([plan], select=["ESM006"])

    assert (finding.setting, finding.got) == ("code", "handlers/ordres")


def test_a_path_that_leads_to_something_is_accepted() -> None:
    assert ids(with_function(mapping(), code=Code(path="handlers/orders", exists=True)), select=["ESM006"]) == []


def test_code_that_is_no_local_path_is_not_judged() -> None:
    assert ids(with_function(mapping(), code=None), select=["ESM006"]) == []
