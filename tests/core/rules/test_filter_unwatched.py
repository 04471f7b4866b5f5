from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import ids, mapping


def filtered(**settings: object) -> MappingPlan:
    return replace(mapping(**settings), filters=('{"body": {"a": [1]}}',))


@pytest.mark.parametrize("config", [None, {}, {"Metrics": []}])
def test_filter_whose_victims_nobody_counts_is_pointed_out(config: object) -> None:
    assert ids(filtered(MetricsConfig=config)) == ["ESM508"]


def test_counted_events_settle_it() -> None:
    assert ids(filtered(MetricsConfig={"Metrics": ["EventCount"]})) == []


def test_without_filters_nothing_is_taken_out() -> None:
    assert ids(mapping()) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden)) == []
    assert ids(replace(mapping(), filters=(hidden,))) == []
    assert ids(filtered(MetricsConfig=hidden)) == []
    assert ids(filtered(MetricsConfig={"Metrics": hidden})) == []
    assert ids(filtered(MetricsConfig={"Metrics": [hidden]})) == []
