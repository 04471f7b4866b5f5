from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterFinding, f
from cdk_esm.sources import pages


def findings(source: str, *patterns: Any, **known: Any) -> tuple[FilterFinding, ...]:
    return filters.compile(source, patterns, **known).findings


def only(source: str, *patterns: Any, **known: Any) -> FilterFinding:
    (finding,) = findings(source, *patterns, **known)
    return finding


NEW = f.dynamodb(new_image={"a": f.S("x"), "b": f.S("y")})
OLD = f.dynamodb(old_image={"a": f.S("x")})
DELETES = "Lambda deletes the message from the queue"
ADVANCES = "Lambda moves the iterator past the record"


@pytest.mark.parametrize(
    ("pattern", "view_type", "path"),
    [
        pytest.param(NEW, "KEYS_ONLY", "filters[0].dynamodb.NewImage", id="new-in-keys"),
        pytest.param(NEW, "OLD_IMAGE", "filters[0].dynamodb.NewImage", id="new-in-old"),
        pytest.param(NEW, "NEW_IMAGE", None, id="new-in-new"),
        pytest.param(NEW, "NEW_AND_OLD_IMAGES", None, id="new-in-both"),
        pytest.param(NEW, None, None, id="new-in-unknown"),
        pytest.param(NEW, "SOMETHING_NEW", None, id="new-in-a-later-view"),
        pytest.param(OLD, "NEW_IMAGE", "filters[0].dynamodb.OldImage", id="old-in-new"),
        pytest.param(OLD, "OLD_IMAGE", None, id="old-in-old"),
        pytest.param(f.dynamodb(keys={"a": f.S("x")}), "KEYS_ONLY", None, id="keys"),
        pytest.param(
            {"dynamodb.NewImage.a": {"S": ["x"]}}, "KEYS_ONLY", 'filters[0]["dynamodb.NewImage.a"].S', id="dotted"
        ),
    ],
)
def test_image_has_to_be_in_the_stream(pattern: Any, view_type: str | None, path: str | None) -> None:
    made = findings("dynamodb", pattern, view_type=view_type)

    assert [(finding.code, finding.json_path) for finding in made] == ([("image-not-in-stream", path)] if path else [])
    if path:
        assert made[0].got == view_type
        assert f"a stream of {view_type} carries no " in made[0].message
        assert made[0].message.endswith(f"so this matches nothing: {ADVANCES} and never reads it again")
        assert made[0].allowed.endswith("NEW_AND_OLD_IMAGES")


def test_a_pattern_that_asks_for_a_missing_field_matches_without_the_image() -> None:
    pattern = f.dynamodb(new_image={"a": f.S(f.missing)})

    assert only("dynamodb", pattern, view_type="KEYS_ONLY").message.endswith("so this matches every record")
    both = f.dynamodb(new_image={"a": f.S(f.missing), "b": f.S("x")})
    assert "so this matches nothing" in only("dynamodb", both, view_type="KEYS_ONLY").message


def test_the_view_type_has_no_effect_on_other_sources() -> None:
    assert findings("sqs", {"body": {"NewImage": ["x"]}}, view_type="KEYS_ONLY") == ()


@pytest.mark.parametrize(("count", "expected"), [(5, []), (6, [6]), (10, [10])])
def test_more_than_five_filters_are_a_quota(count: int, expected: list[int]) -> None:
    made = findings("sqs", *({"body": {"a": [number]}} for number in range(count)))

    assert [finding.got for finding in made] == expected
    for finding in made:
        assert finding.code == "too-many-filters"
        assert finding.severity == "error"
        assert finding.filter_index is None
        assert finding.json_path == "filters"
        assert finding.message == f"{count} filters are more than the 5 that a mapping has by default"


def test_findings_name_the_filter() -> None:
    made = findings("sqs", {"body": {"a": [1]}}, {"data": {"a": [1]}}, {"value": {"a": [1]}})

    assert [(finding.filter_index, finding.json_path) for finding in made] == [
        (1, "filters[1].data"),
        (2, "filters[2].value"),
    ]


@pytest.mark.parametrize(
    ("text", "verbatim", "expected"),
    [
        ('{"body":\n{"a": [1]}}', True, 1),
        ('{"body":\n{"a": [1]}}', False, 0),
        ('{"body": {"a": [1]}}', True, 0),
        ({"body": {"a": ["x\ny"]}}, True, 0),
    ],
)
def test_line_breaks_count_where_the_text_is_deployed_as_it_stands(text: Any, verbatim: bool, expected: int) -> None:
    made = findings("sqs", text, verbatim=verbatim)

    assert [finding.code for finding in made] == ["line-break"] * expected
    assert [finding.json_path for finding in made] == ["filters[0]"] * expected


TEXT = {"body": [{"prefix": "order"}]}
JSON = {"body": {"a": [1]}}


@pytest.mark.parametrize(
    ("pattern", "payload", "path"),
    [
        pytest.param(TEXT, None, "filters[0].body", id="text"),
        pytest.param(TEXT, "json", "filters[0].body", id="text-for-json"),
        pytest.param(TEXT, "text", None, id="text-for-text"),
        pytest.param({"body": [' {"a": 1}']}, "text", "filters[0].body", id="json-in-a-text"),
        pytest.param({"body": [{"prefix": "["}]}, "text", "filters[0].body", id="array-in-a-text"),
        pytest.param({"body": [5, None]}, "text", None, id="no-text-at-all"),
        pytest.param(JSON, None, None, id="json"),
        pytest.param(JSON, "json", None, id="json-for-json"),
        pytest.param(JSON, "text", "filters[0].body.a", id="json-for-text"),
    ],
)
def test_pattern_has_to_fit_the_form_of_the_payload(pattern: Any, payload: Any, path: str | None) -> None:
    made = findings("sqs", pattern, payload=payload)

    assert [(finding.code, finding.json_path) for finding in made] == ([("text-pattern", path)] if path else [])


def test_text_pattern_says_what_becomes_of_json() -> None:
    assert f"where body is JSON, {DELETES}" in only("sqs", TEXT).message
    assert "where value is JSON, the record reaches the function unfiltered" in only("msk", {"value": ["x"]}).message
    assert only("sqs", JSON, payload="text").got == "body.a"


def test_unknown_key_says_what_was_meant() -> None:
    near, far = only("sqs", {"Body": {"a": [1]}}), only("sqs", {"total": [1]})

    assert "have no key 'Body' (did you mean 'body'?), so this matches nothing: Lambda deletes" in near.message
    assert near.fix == "write 'body'"
    assert near.got == "Body"
    assert "(the fields of a message stand under 'body'), so this matches nothing" in far.message
    assert far.fix == 'write {"body": {...}}'
    assert "so this matches every record" in only("sqs", {"total": [{"exists": False}]}).message
    assert (
        "'body' only, not 'messageId'; a record that does not match is lost"
        in only("sqs", {"messageId": ["1"]}).message
    )


def test_unknown_key_inside_dynamodb_says_what_was_meant() -> None:
    near = only("dynamodb", {"dynamodb": {"newImage": {"a": {"S": ["x"]}}}})
    far = only("dynamodb", {"dynamodb": {"status": {"S": ["x"]}}})

    assert near.message.startswith(
        "'dynamodb' has no key 'newImage' (did you mean 'NewImage'?), so this matches nothing"
    )
    assert near.fix == "write NewImage"
    assert far.message.startswith("'dynamodb' has no key 'status', so this matches nothing: Lambda moves")
    assert far.fix == "write Keys, NewImage, OldImage"


def test_exists_above_another_condition_is_told_across_filters_and_branches() -> None:
    leaf, below = {"body": {"detail": [{"exists": True}]}}, {"body": {"detail": {"id": ["x"]}}}
    made = findings("sqs", leaf, below)

    assert [(finding.code, finding.json_path) for finding in made] == [("exists-on-object", "filters[0].body.detail")]
    assert "another condition goes below it, so it is an object, so this matches nothing" in made[0].message
    absent = only("sqs", {"$or": [{"body": {"detail": [{"exists": False}]}}, below]})
    assert absent.json_path == "filters[0].$or[0].body.detail"
    assert absent.message.endswith("so this matches every record")
    assert findings("sqs", {"body": {"detail": ["x", {"exists": True}]}}, below) == ()
    assert findings("sqs", leaf, {"body": {"details": {"id": ["x"]}}}) == ()
    assert findings("sqs", leaf, {"body": {"detail": [{"exists": True}]}}) == ()


def test_an_impossible_value_is_reported_with_the_possible_ones() -> None:
    event = only("dynamodb", {"eventName": ["INSERT", "modify", "x"]})

    assert event.message.startswith("eventName is INSERT or MODIFY or REMOVE, never modify, x, so this never matches")
    assert (event.got, event.fix) == ("modify, x", "write MODIFY")
    assert only("dynamodb", {"eventName": [None, "x"]}).fix == "write INSERT or MODIFY or REMOVE"
    assert only("dynamodb", {"eventName": [{"suffix": "x"}]}).got == '[{"suffix":"x"}]'
    assert (
        "records of REMOVE have no NewImage"
        in only("dynamodb", f.dynamodb(event_name="REMOVE", new_image={"a": f.S("x")})).message
    )
    flag = only("dynamodb", {"dynamodb": {"Keys": {"a": {"BOOL": ["true"]}}}})
    assert flag.message.startswith('the value under BOOL is true or false, never "true", so this never matches')
    assert flag.fix == "write true or false"


def test_image_that_an_event_lacks_is_told_once_for_several_branches() -> None:
    pattern = {
        "eventName": ["REMOVE"],
        "dynamodb": {"NewImage": {"a": {"S": ["x"]}}, "$or": [{"SizeBytes": [1]}, {"SizeBytes": [2]}]},
    }

    assert only("dynamodb", pattern).json_path == "filters[0].dynamodb.NewImage.a.S"


def test_number_on_an_attribute_says_whether_it_excludes_or_never_matches() -> None:
    equal = only("dynamodb", {"dynamodb": {"Keys": {"a": {"N": [15]}}}})
    excluded = only("dynamodb", {"dynamodb": {"Keys": {"a": {"N": [{"anything-but": 15}]}}}})

    assert f"so 15 never matches: {ADVANCES}" in equal.message
    assert equal.fix.startswith('write the number as a text: ["15"]')
    assert excluded.message.endswith('so {"anything-but":15} excludes none')


def test_missing_type_says_what_was_meant() -> None:
    def message(pattern: Any) -> str:
        return only("dynamodb", {"dynamodb": {"NewImage": {"a": pattern}}}).message

    assert message(["x"]).startswith("the value of an attribute stands under its type, so this matches nothing")
    assert message([{"exists": False}]).endswith("so this matches every record")
    assert "stands under its type (did you mean 'BOOL'?)" in message({"bool": [True]})
    assert "stands under its type ('payload' is none)" in message({"payload": ["x"]})
    assert message({"L": ["x"]}).startswith("a list holds values, each with its type")
    assert message({"M": ["x"]}).startswith("a map holds attributes, each with its type")


def test_always_true_says_whether_it_matches_every_value_or_every_record() -> None:
    assert "takes every value" in only("sqs", {"body": {"a": [{"anything-but": "x"}, {"anything-but": "y"}]}}).message
    every = only("sqs", {"body": {"a": [{"exists": False}, {"exists": True}]}})
    assert "takes every record, with the field and without it" in every.message


def test_unlisted_operator_is_named() -> None:
    assert "does not list wildcard;" in only("sqs", {"body": {"a": [{"wildcard": "x"}]}}).message
    nested = only("sqs", {"body": {"a": [{"anything-but": {"suffix": "x"}}]}})
    assert "does not list anything-but with suffix inside;" in nested.message


def test_finding_comes_in_parts_and_as_text() -> None:
    finding = only("sqs", {"body": {"a": [300.0]}})
    message = (
        "the filter engine compares 300.0 by its value, and the Lambda guide says otherwise: "
        '"300, 300.0, and 3.0e2 are not considered equal"'
    )

    assert finding.to_dict() == {
        "rule": "ESM527",
        "code": "number-by-its-text",
        "severity": "advice",
        "filter_index": 0,
        "json_path": "filters[0].body.a",
        "got": "300.0",
        "allowed": "a number in the very text that producers write",
        "message": message,
        "fix": 'write {"numeric": ["=", 300.0]}, which is certain to compare the value',
        "page": pages.FILTERS,
    }
    assert str(finding) == (
        f"advice: filters[0].body.a: {message} [ESM527 number-by-its-text]\n"
        '  fix: write {"numeric": ["=", 300.0]}, which is certain to compare the value\n'
        f"  see: {pages.FILTERS}"
    )
