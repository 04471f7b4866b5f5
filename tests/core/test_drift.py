"""Drift is seen: a new property, another range, another word, in either of AWS's models."""

import pytest

from cdk_esm.sources import SOURCES
from cdk_esm.sources.resources import RESOURCES
from tools import drift, drift_models
from tools.drift import (
    KNOWN,
    Shape,
    differences,
    report,
    shapes_of_resource,
    shapes_of_service,
    shapes_of_sheets,
)
from tools.drift_replacement import create_only_of_sheets, replacement_differences

SERVICE = {
    "operations": {"CreateEventSourceMapping": {"input": {"shape": "Request"}}},
    "shapes": {
        "Request": {
            "type": "structure",
            "members": {"BatchSize": {"shape": "Size"}, "KMSKeyArn": {"shape": "Key"}, "Config": {"shape": "Config"}},
        },
        "Size": {"type": "integer", "min": 1, "max": 10},
        "Key": {"type": "string", "min": 12},
        "Config": {"type": "structure", "members": {"Words": {"shape": "Words"}, "Entries": {"shape": "Entries"}}},
        "Words": {"type": "list", "max": 3, "member": {"shape": "Word"}},
        "Word": {"type": "string", "enum": ["A", "B"]},
        "Entries": {"type": "list", "member": {"shape": "Entry"}},
        "Entry": {"type": "structure", "members": {"Type": {"shape": "Word"}}},
    },
}
RESOURCE = {
    "readOnlyProperties": ["/properties/Id"],
    "properties": {
        "Id": {"type": "string"},
        "BatchSize": {"type": "integer", "minimum": 1, "maximum": 10},
        "KmsKeyArn": {"type": "string", "minLength": 12},
        "Config": {"$ref": "#/definitions/Config"},
    },
    "definitions": {
        "Config": {
            "properties": {
                "Words": {"type": "array", "maxItems": 3, "items": {"enum": ["A", "B"]}},
                "Entries": {"type": "array", "items": {"$ref": "#/definitions/Entry"}},
            }
        },
        "Entry": {"properties": {"Type": {"enum": ["A", "B"]}}},
    },
}
BOTH = {
    "BatchSize": Shape(1, 10),
    "KmsKeyArn": Shape(12),
    "Config": Shape(),
    "Config.Words": Shape(None, 3, frozenset("AB")),
    "Config.Entries": Shape(),
    "Config.Entries.Type": Shape(None, None, frozenset("AB")),
}


def test_both_models_are_read_alike() -> None:
    assert shapes_of_service(SERVICE) == BOTH
    assert {name: Shape(shape.minimum, shape.maximum) for name, shape in shapes_of_resource(RESOURCE).items()} == {
        name: Shape(shape.minimum, shape.maximum) for name, shape in BOTH.items()
    }
    assert shapes_of_resource(RESOURCE)["Config.Entries.Type"].choices == frozenset("AB")


def test_equal_models_have_no_difference() -> None:
    assert differences(BOTH, BOTH) == []
    assert differences(BOTH, {name: Shape() for name in BOTH}) == []


@pytest.mark.parametrize(
    ("name", "theirs", "words"),
    [
        ("BatchSize", Shape(1, 20), "has the maximum 20, the sheets say 10"),
        ("BatchSize", Shape(2, 10), "has the minimum 2, the sheets say 1"),
        ("Config.Words", Shape(None, 3, frozenset("ABC")), "takes new words: C"),
        ("Config.Words", Shape(None, 3, frozenset("A")), "no longer takes: B"),
        ("Config.Other", Shape(), "is new: the sheets do not have it"),
    ],
)
def test_every_kind_of_difference_is_named(name: str, theirs: Shape, words: str) -> None:
    assert differences(BOTH, {**BOTH, name: theirs}) == [(name, words)]


def test_a_property_that_is_gone_is_named() -> None:
    assert differences(BOTH, {name: BOTH[name] for name in BOTH if name != "BatchSize"}) == [
        ("BatchSize", "is gone: only the sheets have it")
    ]


def test_a_record_that_the_sheets_do_not_open_is_not_looked_into() -> None:
    assert differences({"Config": Shape()}, {"Config": Shape(), "Config.Words.More": Shape()}) == []


def test_a_known_difference_is_said_and_not_counted() -> None:
    (origin, name), reason = next(iter(KNOWN.items()))

    assert report(origin, [(name, "is new")]) == ([f"{origin}: {name} is new (known: {reason})"], 0)
    assert report(origin, [("Another", "is new")]) == ([f"{origin}: Another is new"], 1)


def test_the_sheets_give_the_widest_range_of_all_sources() -> None:
    ours = shapes_of_sheets(SOURCES)

    assert ours["ProvisionedPollerConfig.MaximumPollers"] == Shape(1, 10_000)
    assert ours["MetricsConfig.Metrics"].choices == {"EventCount", "ErrorCount", "KafkaMetrics"}


def test_the_installed_models_hold_no_difference_that_nobody_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    if not list(drift.installed_models()):
        pytest.skip("no model is installed here")

    assert drift.main() == 0, capsys.readouterr().out


def test_without_a_model_there_is_nothing_to_compare(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drift_models, "find_spec", lambda _name: None)

    assert drift.main() == 2
    assert "not installed here" in capsys.readouterr().out


def test_what_replaces_a_resource_is_compared_both_ways() -> None:
    queue = {"createOnlyProperties": ["/properties/QueueName", "/properties/Shape/Inner"]}

    assert list(replacement_differences({"AWS::SQS::Queue": queue})) == [
        ("AWS::SQS::Queue Shape.Inner", "is create-only, the sheets say otherwise"),
        ("AWS::SQS::Queue FifoQueue", "is not create-only, the sheets say it is"),
    ]


def test_what_replaces_a_mapping_stands_in_the_sheets() -> None:
    assert create_only_of_sheets(SOURCES) == {
        "EventSourceArn",
        "SelfManagedEventSource",
        "StartingPosition",
        "StartingPositionTimestamp",
    }


@pytest.mark.skipif(not drift.installed_schemas(["AWS::SQS::Queue"]), reason="cfn-lint carries the schemas")
def test_the_sheets_know_what_the_installed_schemas_replace() -> None:
    types = {drift.RESOURCE, *(name for name, facts in RESOURCES.items() if facts.schema)}
    schemas = drift.installed_schemas([drift.RESOURCE, *RESOURCES])

    assert set(schemas) == types
    assert list(replacement_differences(schemas)) == []
