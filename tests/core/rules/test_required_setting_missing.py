from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def test_a_missing_function_is_refused() -> None:
    (finding,) = check([mapping(FunctionName=None)], select=["ESM109"])

    assert (finding.setting, finding.got) == ("FunctionName", None)


def test_a_mapping_with_all_that_is_required_is_accepted() -> None:
    assert ids(mapping(), select=["ESM109"]) == []


def test_a_missing_source_is_left_to_the_rule_about_it() -> None:
    assert ids(mapping(EventSourceArn=None), select=["ESM109"]) == []


def test_an_unresolved_function_is_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(mapping(FunctionName=hidden), select=["ESM109"]) == []
