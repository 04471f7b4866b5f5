import pytest

from cdk_esm.filters.shape import problems, top_level

SOUND = [
    '{"body": {"total": [100]}}',
    '{"body": {"a": {"b": [null, true, "x", {"exists": false}]}}, "other": [""]}',
    '{"$or": [{"body": {"a": [1]}}, {"body": {"b": [2]}}]}',
    '{"body": {"$or": [{"a": [1]}, {"$or": [{"b": [2]}, {"c": [3]}]}]}}',
    '{"body":\n {"a": [1]}}\n',
]
FAULTY = [
    pytest.param("null", [("", "null")], id="null"),
    pytest.param("simple string", [("", "text that is not JSON")], id="no-json"),
    pytest.param("", [("", "text that is not JSON")], id="empty-text"),
    pytest.param('{"body": [NaN]}', [("", "text that is not JSON")], id="nan"),
    pytest.param("[" * 100_000, [("", "text that is not JSON")], id="too-deep"),
    pytest.param('"text"', [("", '"text"')], id="text"),
    pytest.param("[1]", [("", "a list")], id="list"),
    pytest.param("{}", [("", "{}")], id="empty-object"),
    pytest.param('{"eventSource": "aws:sqs"}', [(".eventSource", '"aws:sqs"')], id="bare-value"),
    pytest.param('{"eventSource": []}', [(".eventSource", "[]")], id="empty-list"),
    pytest.param('{"body": {"a": {}, "b": 1}}', [(".body.a", "{}"), (".body.b", "1")], id="two-at-once"),
    pytest.param('{"$or": [{"body": {"a": 1}}, {}]}', [(".$or[0].body.a", "1"), (".$or[1]", "{}")], id="inside-or"),
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_pattern_has_no_problem(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(("text", "expected"), FAULTY)
def test_fault_is_told_with_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(problem.json_path, problem.got) for problem in problems(text)] == expected


def test_what_is_wanted_depends_on_the_place() -> None:
    assert problems("{}")[0].wanted == "a JSON object with a key"
    assert problems('{"body": 1}')[0].wanted == "a list of values or an object"


def test_deep_pattern_is_walked_to_its_end() -> None:
    depth = 300

    assert problems('{"a":' * depth + "1" + "}" * depth)[0].json_path == ".a" * depth


def test_top_level_keys_are_found_inside_or_too() -> None:
    entries = top_level('{"body": {"a": [1]}, "$or": [{"data": [1]}, {"$or": [{"value": [2]}, {"body": [3]}]}]}')

    assert [(entry.json_path, entry.key) for entry in entries] == [
        (".body", "body"),
        (".$or[0].data", "data"),
        (".$or[1].$or[0].value", "value"),
        (".$or[1].$or[1].body", "body"),
    ]


def test_or_without_objects_is_a_key_like_any_other() -> None:
    assert [entry.key for entry in top_level('{"$or": ["a"]}')] == ["$or"]


@pytest.mark.parametrize("text", ["no json", "null", "[1]", '"text"'])
def test_text_that_is_no_object_has_no_keys(text: str) -> None:
    assert top_level(text) == []
