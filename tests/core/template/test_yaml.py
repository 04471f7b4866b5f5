"""YAML with CloudFormation's tags says what JSON says."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest

from cdk_esm.errors import TemplateError
from cdk_esm.plan import Queue
from cdk_esm.template.cloudformation.files import load_file, load_text
from cdk_esm.template.read import read_template

TEMPLATE = """\
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !If [IsProd, 180, 180]
      Tags: [{Key: since, Value: 2026-11-20}]
  Function:
    Type: AWS::Lambda::Function
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue.Arn
      FunctionName: !Sub "${Function.Arn}:live"
      BatchSize: !Select [0, !Split [",", "7,8"]]
"""


def test_tags_are_functions() -> None:
    document = load_text(TEMPLATE, "Shop", yaml=True)

    [plan] = read_template(document, name="Shop")

    assert isinstance(plan.event_source, Queue)
    assert plan.event_source.visibility_timeout_seconds == 180
    assert (plan.function.identity, plan.given("BatchSize")) == ("Shop/Function:live", 7)
    assert document["Resources"]["Queue"]["Properties"]["Tags"][0]["Value"] == "2026-11-20"


def test_tags_stand_before_texts_lists_and_objects() -> None:
    text = """
    - !GetAtt Part.Outputs.Arn
    - !GetAtt [Part, Outputs.Arn]
    - !Transform {Name: AWS::Include}
    - !Condition IsProd
    - !Sub ["${A}", {A: !Ref B}]
    - !Base64 a.b
    """

    assert load_text(text, "Shop", yaml=True) == [
        {"Fn::GetAtt": ["Part", "Outputs.Arn"]},
        {"Fn::GetAtt": ["Part", "Outputs.Arn"]},
        {"Fn::Transform": {"Name": "AWS::Include"}},
        {"Condition": "IsProd"},
        {"Fn::Sub": ["${A}", {"A": {"Ref": "B"}}]},
        {"Fn::Base64": "a.b"},
    ]


def test_file_may_be_yaml_unless_its_name_says_json(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.yml", "b.YML", "c.template", "d"):
        (tmp_path / name).write_text(TEMPLATE)
        assert load_file(tmp_path / name)["Conditions"] == {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("a: [", "no YAML.*line", id="open list"),
        pytest.param("a: !!python/object:os.system {}", "no YAML", id="another language's object"),
        pytest.param("[" * 100_000, "nested", id="nested"),
        pytest.param("{a: " * 100_000, "nested more than", id="nested objects"),
        pytest.param("a: 1\n---\na: 2", "no YAML", id="two documents"),
        pytest.param("? [a]\n: b", "no YAML", id="list as a key"),
    ],
)
def test_what_is_no_yaml_is_refused(text: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        load_text(text, "Shop", yaml=True)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]

    with pytest.raises(TemplateError, match="objects and lists"):
        read_template(load_text("Resources: {}\n" + "\n".join(lines), "Shop", yaml=True))


def test_merge_keys_that_multiply_are_refused_before_they_do() -> None:
    lines = ["a0: &a0 {k0: 1, k1: 1}"] + [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12)
    ]

    with pytest.raises(TemplateError, match="merge keys make more than"):
        load_text("\n".join([*lines, "Resources: {}"]), "Shop", yaml=True)


def test_one_merge_of_many_large_objects_is_refused() -> None:
    pairs = ", ".join(f"k{n}: 1" for n in range(2000))

    with pytest.raises(TemplateError, match="merge keys make more than"):
        load_text(f"a: &a {{{pairs}}}\nb: {{<<: [{', '.join(['*a'] * 2000)}]}}", "Shop", yaml=True)


def test_an_object_that_merges_itself_is_answered() -> None:
    with suppress(TemplateError):
        load_text("a: &a {<<: *a, b: 1}", "Shop", yaml=True)


def test_merge_keys_give_way_to_what_is_written() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [*b, {z: 3, x: 9}], w: 4}"

    assert load_text(text, "Shop", yaml=True)["c"] == {"x": 1, "y": 2, "z": 3, "w": 4}


@pytest.mark.parametrize(
    ("number", "value"),
    [
        pytest.param("0x1F", 31, id="hexadecimal"),
        pytest.param("010", 8, id="octal"),
        pytest.param("0b11", 3, id="binary"),
        pytest.param("1:30", 90, id="base 60"),
        pytest.param("9" * 1000, 10**1000 - 1, id="a thousand digits"),
    ],
)
def test_numbers_of_every_base_are_read(number: str, value: int) -> None:
    assert load_text(f"a: {number}", "Shop", yaml=True) == {"a": value}


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("9" * 5000, id="decimal"),
        pytest.param("0x" + "f" * 5000, id="hexadecimal"),
        pytest.param("0" + "7" * 5000, id="octal"),
        pytest.param("-0b" + "1" * 5000, id="binary"),
        pytest.param("1" + ":59" * 200_000, id="base 60"),
        pytest.param(f"!!int '{'9' * 5000}'", id="by its tag"),
    ],
)
@pytest.mark.parametrize("form", ["a: {}", "? {}\n: a", "[{}]"])
def test_a_number_with_thousands_of_digits_is_refused(number: str, form: str) -> None:
    with pytest.raises(TemplateError, match="thousands of digits"):
        load_text(form.format(number), "Shop", yaml=True)


def test_without_pyyaml_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)

    with pytest.raises(TemplateError, match=r"install cdk-esm\[yaml\]"):
        load_text(TEMPLATE, "Shop", yaml=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "no JSON", id="empty"),
        pytest.param("{", "line 1", id="open object"),
        pytest.param("[" * 100_000, "nested too deeply", id="nested"),
        pytest.param('{"a": 1' + "0" * 5000 + "}", "thousands of digits", id="endless number"),
    ],
)
def test_what_is_no_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        load_text(text, "Shop")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")

    for file in (tmp_path / "a.json", tmp_path / "none.json", tmp_path):
        with pytest.raises(TemplateError):
            load_file(file)
