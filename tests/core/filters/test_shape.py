import pytest

from cdk_esm.filters.shape import Entry, fields, leaves, problems, repeated_keys, top_level

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


def test_fields_of_an_object_are_found_inside_or_too() -> None:
    entry = Entry(".body", "body", {"a": [1], "$or": [{"b": [2]}, {"c": {"d": [3]}}]})

    assert [field.json_path for field in fields(entry)] == [".body.a", ".body.$or[0].b", ".body.$or[1].c"]
    assert fields(Entry(".body", "body", [1])) == []


def test_leaves_are_what_stands_at_the_ends() -> None:
    entry = Entry("", "", {"a": {"b": [1], "c": 2}, "$or": [{"d": [3]}, {"e": {}}], "f": "g"})

    assert [(leaf.json_path, leaf.value) for leaf in leaves(entry)] == [
        (".a.b", [1]),
        (".a.c", 2),
        (".f", "g"),
        (".$or[0].d", [3]),
    ]
    assert [leaf.json_path for leaf in leaves(Entry(".a", "a", [1]))] == [".a"]


def test_deep_pattern_has_its_leaf() -> None:
    depth = 300
    (root,) = top_level('{"a":' * depth + "[1]" + "}" * depth)

    assert [leaf.json_path for leaf in leaves(root)] == [".a" * depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1], "a": [2]}', ["a"]),
        ('{"a": {"b": [1]}, "c": {"b": [1]}}', []),
        ('{"b": [{"z": 1, "z": 2}], "a": {"y": 1, "y": 1, "y": 1}}', ["y", "z"]),
        ("no json", []),
        ('{"a": NaN, "a": 1}', []),
        ("[" * 100_000, []),
    ],
)
def test_keys_that_stand_twice_in_one_object_are_found(text: str, expected: list[str]) -> None:
    assert repeated_keys(text) == expected
