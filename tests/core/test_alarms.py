"""Which alarms a mapping wants, and the thresholds that its configuration brings."""

from dataclasses import replace

import pytest

from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.alarms.select import KEYS, function_level, select, with_threshold
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import mapping, with_failure, with_function, with_queue

COUNTED = {"MetricsConfig": {"Metrics": ["EventCount"]}}
FILTER = '{"body": {"type": ["created"]}}'
PLAIN = ["age", "dead_letters", "errors", "throttles"]


def keys(plan: MappingPlan) -> list[str]:
    return [recipe.key for recipe in select(plan)]


def recipe(plan: MappingPlan, key: str) -> Recipe:
    (found,) = (one for one in select(plan) if one.key == key)
    return found


def filtered(**settings: object) -> MappingPlan:
    return replace(mapping(**settings), filters=(FILTER,))


@pytest.mark.parametrize("source", ["sqs", "sqs-fifo"])
def test_a_queue_wants_four_alarms(source: str) -> None:
    assert keys(mapping(source)) == PLAIN


def test_event_counts_make_the_mappings_own_alarms_possible() -> None:
    assert keys(mapping(**COUNTED)) == [*PLAIN, "failures", "stopped"]
    assert keys(filtered(**COUNTED)) == [*PLAIN, "failures", "filtered", "stopped"]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="no-metrics"),
        pytest.param({"MetricsConfig": {"Metrics": []}}, id="none-of-them"),
        pytest.param({"MetricsConfig": UNRESOLVED}, id="not-known-yet"),
        pytest.param({**COUNTED, "Enabled": False}, id="switched-off"),
    ],
)
def test_without_event_counts_an_alarm_on_them_would_stay_blind(settings: dict[str, object]) -> None:
    assert keys(filtered(**settings)) == PLAIN


def test_where_the_failure_path_is_hidden_or_given_up_there_is_no_depth_to_watch() -> None:
    assert "dead_letters" not in keys(replace(mapping(), failure=UNKNOWN))
    assert "dead_letters" not in keys(with_failure(mapping(), kind="none", queue=None))


@pytest.mark.parametrize(("field", "elsewhere"), [("account", "444455556666"), ("region", "us-east-1")])
def test_a_queue_elsewhere_has_its_metrics_elsewhere(field: str, elsewhere: str) -> None:
    assert keys(with_queue(mapping(), **{field: elsewhere})) == ["errors", "throttles"]


@pytest.mark.parametrize("place", [UNRESOLVED, UNKNOWN, None])
def test_a_place_that_is_not_known_counts_as_the_same_place(place: Unknowable | None) -> None:
    assert keys(with_queue(mapping(), account=place, region=place)) == PLAIN
    assert keys(with_function(mapping(), account=place, region=place)) == PLAIN


@pytest.mark.parametrize(
    ("visibility", "retention", "threshold"),
    [
        pytest.param(180, 345_600, 900, id="five-visibility-timeouts"),
        pytest.param(5_400, 345_600, 27_000, id="of-the-longest-function"),
        pytest.param(43_200, 345_600, 86_400, id="a-quarter-of-the-retention-at-the-most"),
        pytest.param(180, 1_800, 450, id="a-quarter-of-a-short-retention"),
        pytest.param(10, 345_600, 300, id="five-minutes-at-the-least"),
        pytest.param(10, 60, 15, id="the-shortest-retention"),
        pytest.param(None, None, 300, id="the-services-defaults"),
        pytest.param(UNKNOWN, UNKNOWN, 300, id="hidden"),
        pytest.param(UNRESOLVED, 1_209_600, 300, id="not-known-yet"),
    ],
)
def test_the_age_that_alarms_is_derived(
    visibility: int | Unknowable | None, retention: int | Unknowable | None, threshold: int
) -> None:
    plan = with_queue(mapping(), visibility_timeout_seconds=visibility, retention_seconds=retention)

    assert recipe(plan, "age").threshold == threshold
    assert f"{threshold} seconds" in recipe(plan, "age").said


def test_only_errors_and_throttles_are_alarms_of_the_function() -> None:
    assert [one.key for one in select(filtered(**COUNTED)) if function_level(one)] == ["errors", "throttles"]


def test_missing_data_breaches_only_for_the_alarm_on_a_stopped_mapping() -> None:
    missing = {one.key: one.missing for one in select(filtered(**COUNTED))}

    assert missing.pop("stopped") == "breaching"
    assert set(missing.values()) == {"notBreaching"}


def test_every_recipe_can_be_followed() -> None:
    for one in select(filtered(**COUNTED)):
        assert one.key in KEYS
        assert one.said.startswith("Shop/Orders: ")
        assert one.said.count(". ") >= 1, "what happened, and then what to do"
        assert one.reason
        assert 1 <= one.datapoints_to_alarm <= one.evaluation_periods
        assert one.period_seconds % 60 == 0
        assert (one.expression is None) == (len(one.measures) == 1)
        assert one.expression is None or all(measure.id in one.expression for measure in one.measures)


def test_a_mappings_alarm_is_about_the_mapping() -> None:
    for key in ("failures", "filtered", "stopped"):
        assert recipe(filtered(**COUNTED), key).watched is Watched.MAPPING
        assert recipe(filtered(**COUNTED), key).dimensions == ("EventSourceMappingUUID",)


def test_a_users_threshold_takes_the_place_of_ours_and_says_so() -> None:
    ours = recipe(mapping(), "age")
    theirs = with_threshold(ours, 60)

    assert (theirs.threshold, theirs.reason) == (60, "set by the user")
    assert replace(theirs, threshold=900, reason=ours.reason, description=ours.description) == ours
