from dataclasses import replace

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM523"
BAD = ('{"body": {"$or": ["a"]}}',)
GOOD = ('{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}',)


def test_the_finding_says_where_in_which_filter() -> None:
    finding, *_ = check([replace(mapping("sqs"), filters=BAD)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert "FilterCriteria.Filters[0]" in finding.message


def test_a_filter_that_means_what_it_says_is_fine() -> None:
    assert ids(replace(mapping("sqs"), filters=GOOD), select=[ID]) == []


def test_hidden_or_unresolved_patterns_are_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
        assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
