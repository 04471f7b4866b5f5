"""Hostile files: made by choices, so that a fuzzer and the property tests make the same ones.

A folder holds one file, or an assembly whose manifests, templates and asset manifests name each other as they like.
What a command says of it must be an answer: a status that is documented, no fault of ours, and no output that a
terminal or a CI runner obeys.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import get, mapping, resource

T = TypeVar("T")
FORMS: Final = ("text", "json", "sarif", "github", "junit")
DIFF_FORMS: Final = ("text", "json", "markdown")
STATUSES: Final = (0, 1, 2)

COMMANDS: Final = ("\n::error::owned", "\r::add-mask::x", "##[group]x", "##vso[task.x]y", "\n  ::stop-commands::z")
CONTROLS: Final = ("\x1b]0;x\x07", "\x1b[2J", "\x9b2J", "\b", "\u202e", "\x85", "\u2028", "\x00", "\ud800", "\t")
NAMES: Final = (
    "s0.json",
    "s1.json",
    "s2.json",
    "s3.json",
    "inner",
    ".",
    "..",
    "",
    "../s0.json",
    "loop.json",
    "manifest.json",
)
NUMBERS: Final = ("10", "1:30:15", "0x1f", "0o17", "0b101", "1_000", ".5", "1e999", "-.inf", ".nan", "2001-01-01", "~")
DIGITS: Final = (3, 40, 400, 4_000, 5_000)
EVENTS: Final[dict[str, dict[str, Any]]] = {
    "SQS": {"Queue": get("Queue")},
    "Kinesis": {"Stream": get("Stream"), "StartingPosition": "LATEST"},
    "DynamoDB": {"Stream": get("Table", "StreamArn"), "StartingPosition": "LATEST"},
    "MSK": {
        "Stream": "arn:aws:kafka:eu-west-1:111122223333:cluster/a/b-1",
        "Topics": ["t"],
        "StartingPosition": "LATEST",
    },
    "SelfManagedKafka": {"KafkaBootstrapServers": ["a:9092"], "Topics": ["t"], "SourceAccessConfigurations": []},
    "MQ": {"Broker": get("Broker"), "Queues": ["q"], "SourceAccessConfigurations": []},
    "DocumentDB": {"Cluster": "c", "DatabaseName": "d", "SourceAccessConfigurations": []},
}


class Choices(Protocol):
    """Where the choices come from: a fuzzer's bytes, or a property test."""

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        ...

    def one_of(self, values: Sequence[T]) -> T:
        """One of some values."""
        ...


def text(choices: Choices) -> str:
    """A text that does something if it is printed as it is, or a harmless one."""
    pieces = [choices.one_of(("Shop", "Orders/", *COMMANDS, *CONTROLS)) for _ in range(choices.number(1, 4))]
    return "".join(pieces)


def yaml_file(choices: Choices) -> str:
    """A YAML text: anchors that merge each other, numbers of every form and length, and a mapping with one of them."""
    lines = ["a0: &a0 {k0: 1, k1: 1}"]
    for level in range(1, choices.number(1, 9)):
        above = f"*a{choices.number(0, level - 1)}"
        form = choices.one_of(("{{<<: [{0}]}}", "{{<<: {1}}}", "[{0}]", "{{<<: {1}, k{2}: {1}}}", "{{<<: [{0}, 5]}}"))
        lines.append(f"a{level}: &a{level} " + form.format(", ".join([above] * choices.number(1, 9)), above, level))
    number = choices.one_of(NUMBERS)
    if choices.number(0, 1):
        beginning, digit = choices.one_of((("0x", "f"), ("0", "7"), ("0b", "1"), ("", "9"), ("1", ":5"), ("-", "1")))
        number = beginning + digit * choices.one_of(DIGITS)
    deep = "[" * choices.one_of((0, 0, 0, 3, 600)) + number
    lines += [
        "Resources:",
        "  Orders:",
        "    Type: AWS::Lambda::EventSourceMapping",
        f"    Metadata: {{aws:cdk:path: {json.dumps(text(choices))}}}",
        "    Properties:",
        "      EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders",
        f"      FunctionName: {choices.one_of(('fulfil', '*a0', '!Ref Function', '!GetAtt [A, b]', '!Nonsense x'))}",
        f"      BatchSize: {deep}" + "]" * (len(deep) - len(number)),
    ]
    return "\n".join(lines) + "\n"


def template(choices: Choices) -> dict[str, Any]:
    """A template: nested stacks that name files as they like, plain mappings, and functions of SAM."""
    resources: dict[str, Any] = {"Queue": resource("SQS::Queue", {"QueueName": text(choices)})}
    for number in range(choices.number(0, 3)):
        nested = resource("CloudFormation::Stack", {"TemplateURL": f"https://assets/{choices.one_of('abc')}.json"})
        if choices.number(0, 2):
            nested["Metadata"] = {"aws:asset:path": choices.one_of((*NAMES, text(choices), 5))}
        resources[f"Nested{number}"] = nested
    for number in range(choices.number(0, 2)):
        odd = {"BatchSize": choices.one_of((10, 10_001, text(choices), 10**400, None, {"Ref": "AWS::NoValue"}))}
        resources[f"Orders{number}"] = {**mapping(get("Queue"), **odd), "Metadata": {"aws:cdk:path": text(choices)}}
    if not choices.number(0, 1):
        return {"Resources": resources}
    events = {}
    for _ in range(choices.number(0, 3)):
        kind = choices.one_of(tuple(EVENTS))
        properties = dict(EVENTS[kind])
        properties[choices.one_of((*properties, "BatchSize", "Enabled", "FilterCriteria"))] = value(choices)
        events[choices.one_of(("Job", "Row", text(choices)))] = {"Type": kind, "Properties": properties}
    worker: dict[str, Any] = {"Handler": "app.handler", "Events": events}
    worker[choices.one_of(("Policies", "Role", "AutoPublishAlias", "Events", "Timeout", "Connectors"))] = value(choices)
    resources[choices.one_of(("Worker", text(choices)))] = resource("Serverless::Function", worker)
    whole: dict[str, Any] = {"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}
    if choices.number(0, 1):
        whole["Globals"] = {choices.one_of(("Function", "Api", text(choices))): {"Timeout": value(choices)}}
    return whole


def value(choices: Choices) -> Any:
    """Anything in the place of a property."""
    plain: tuple[Any, ...] = (
        None,
        True,
        5,
        10**400,
        "",
        "*",
        [],
        {},
        [None],
        get("Queue"),
        {"Ref": "Worker.Alias"},
        text(choices),
    )
    return choices.one_of((*plain, {"Fn::If": ["Live", 1, 2]}, {"SQSPollerPolicy": {"QueueName": 5}}, {"A": {"B": []}}))


def assembly(choices: Choices, folder: Path) -> None:
    """An assembly, and one within it, whose files name each other as they like."""
    inner = folder / "inner"
    inner.mkdir()
    (folder / "loop.json").symlink_to("loop.json")
    for place in (folder, inner):
        for number in range(choices.number(1, 3)):
            (place / f"s{number}.json").write_text(json.dumps(template(choices)))
        assets = {asset: {"source": {"path": choices.one_of((*NAMES, text(choices), 5))}} for asset in "ab"}
        (place / "Shop.assets.json").write_text(json.dumps({"files": choices.one_of((assets, [], {"a": None}))}))
        artifacts = {}
        for number in range(choices.number(1, 3)):
            named = choices.one_of((*NAMES, "s0.json", "s0.json", text(choices), None))
            properties = {"templateFile": named, "directoryName": named, "stackName": text(choices)}
            artifacts[f"Shop{number}"] = {
                "type": choices.one_of(("aws:cloudformation:stack", "aws:cloudformation:stack", "cdk:cloud-assembly")),
                "environment": choices.one_of(
                    ("aws://111122223333/eu-west-1", "aws://unknown-account/", text(choices), 5)
                ),
                "properties": choices.one_of((properties, properties, {"templateFile": "s0.json"}, None)),
                "additionalMetadataFile": choices.one_of((None, *NAMES)),
                "metadata": choices.one_of(
                    ({}, [], {text(choices): [{"type": "aws:cdk:logicalId", "data": "Orders0"}]})
                ),
            }
        (place / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def made(choices: Choices, folder: Path) -> Path:
    """A hostile file or folder, and what to call a command with."""
    if choices.number(0, 1):
        file = folder / "template.yaml"
        file.write_text(yaml_file(choices), encoding="utf-8", errors="surrogatepass")
        return file
    assembly(choices, folder)
    return choices.one_of((folder, folder, folder / "s0.json"))


def faults(choices: Choices, folder: Path) -> list[str]:
    """What is wrong with what the commands say of a hostile file; a fault of ours is raised as it is."""
    path = str(made(choices, folder))
    words = ["check", path, "--format", choices.one_of(FORMS)]
    if not choices.number(0, 3):
        words = ["diff", path, path, "--format", choices.one_of(DIFF_FORMS)]
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        status = main(words)
    said = [] if status in STATUSES else [f"status {status}"]
    if "this is a fault of cdk-esm" in errors.getvalue():
        said.append(errors.getvalue())
    for shown in (output.getvalue(), errors.getvalue()):
        said += obeyed(shown, ours="::" if "github" in words else None)
    return said


def obeyed(shown: str, *, ours: str | None = None) -> list[str]:
    """What of an output a terminal or a CI runner would obey; ``ours`` begins the commands that are meant."""
    found = [repr(one) for one in shown if one != "\n" and not one.isprintable()]
    found += re.findall(r"##\w*\[", shown)
    for line in shown.split("\n"):
        meant = ours is not None and re.match(r"::(error|warning|notice) file=", line)
        if line.lstrip().startswith("::") and not meant:
            found.append(line)
    return found
