"""Compares the fact sheets with AWS's own models, if they are installed: ``python -m tools.drift``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.facts import Setting, SourceFacts
from cdk_esm.sources import SOURCES
from cdk_esm.sources.resources import RESOURCES
from tools import drift_words
from tools.drift_models import data_of, service_model
from tools.drift_replacement import replacement_differences
from tools.drift_returns import return_differences

RESOURCE: Final = "AWS::Lambda::EventSourceMapping"
_OPERATION: Final = "CreateEventSourceMapping"
SPELT_OTHERWISE: Final = {"KMSKeyArn": "KmsKeyArn"}
"""The API's name to CloudFormation's."""

_REGISTRY_URI: Final = "SchemaRegistryConfig.AccessConfigs.URI"
KNOWN: Final[Mapping[tuple[str, str], str]] = {
    ("botocore", f"AmazonManagedKafkaEventSourceConfig.{_REGISTRY_URI}"): "CloudFormation takes no empty text",
    ("botocore", f"SelfManagedKafkaEventSourceConfig.{_REGISTRY_URI}"): "likewise",
    ("botocore", "DestinationConfig.OnSuccess"): "the shape is shared with asynchronous invocation; ESM221 refuses it",
    ("botocore", "DestinationConfig.OnSuccess.Destination"): "likewise",
    ("botocore", "FunctionName"): "CloudFormation takes fewer characters than the API",
    (
        "botocore",
        "SelfManagedEventSource.Endpoints.KafkaBootstrapServers",
    ): "a map in the API, a list in CloudFormation",
    ("botocore", "SourceAccessConfigurations"): "the sheets refuse only what CloudFormation refuses, too",
    ("cfn-lint", "AWS::DocDB::DBCluster Ref"): "the type's own page: Ref gives the DBClusterIdentifier",
    ("cfn-lint", "AWS::CloudFormation::Stack Ref"): "the ID of a stack is its ARN, and no attribute gives it",
}
"""A difference that was looked at, and why it is kept."""


@dataclass(frozen=True)
class Shape:
    """What one model says of a property; ``None`` and nothing mean that it says nothing.

    Args:
        minimum: the least value, or the least length of a text or a list.
        maximum: the greatest of the same.
        choices: the accepted words.
    """

    minimum: float | None = None
    maximum: float | None = None
    choices: frozenset[str] = frozenset()


def shapes_of_service(model: Mapping[str, Any]) -> dict[str, Shape]:
    """Every property of a mapping by CloudFormation's name, as the API's service model has it."""
    shapes = model["shapes"]
    found = dict(_service_members(shapes, model["operations"][_OPERATION]["input"]["shape"], ""))
    return {name: shape for name, shape in found.items() if name}


def _service_members(shapes: Mapping[str, Any], shape_name: str, name: str) -> Iterator[tuple[str, Shape]]:
    shape = shapes[shape_name]
    member = shapes[shape["member"]["shape"]] if shape["type"] == "list" else shape
    yield name, Shape(shape.get("min"), shape.get("max"), frozenset(member.get("enum", ())))
    prefix = f"{name}." if name else ""
    for key, value in member.get("members", {}).items():
        yield from _service_members(shapes, value["shape"], prefix + SPELT_OTHERWISE.get(key, key))


def shapes_of_resource(schema: Mapping[str, Any]) -> dict[str, Shape]:
    """Every property of a mapping, as the resource schema has it; what can only be read is left out."""
    only_read = {path.removeprefix("/properties/") for path in schema.get("readOnlyProperties", ())}
    top = {key: value for key, value in schema["properties"].items() if key not in only_read}
    return dict(_schema_members(schema, top, ""))


def _schema_members(
    schema: Mapping[str, Any], properties: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, Shape]]:
    for key, named in properties.items():
        value = _resolved(schema, named)
        member = _resolved(schema, value.get("items", value))
        counted = ("minItems", "maxItems") if "items" in value else ("minLength", "maxLength")
        least, most = (
            value.get(numeric, value.get(other)) for numeric, other in zip(("minimum", "maximum"), counted, strict=True)
        )
        yield prefix + key, Shape(least, most, frozenset(member.get("enum", ())))
        yield from _schema_members(schema, member.get("properties", {}), f"{prefix}{key}.")


def _resolved(schema: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    definition: Mapping[str, Any] = value if reference is None else schema["definitions"][reference.rpartition("/")[2]]
    return definition


def shapes_of_sheets(sheets: Mapping[str, SourceFacts]) -> dict[str, Shape]:
    """Every property, with the widest range and all the words that any source takes."""
    by_name: dict[str, list[Setting]] = {}
    for sheet in sheets.values():
        for setting in sheet.settings:
            by_name.setdefault(setting.name, []).append(setting)
    return {name: _widest(settings) for name, settings in by_name.items()}


def _widest(settings: list[Setting]) -> Shape:
    least = [setting.minimum for setting in settings]
    most = [setting.maximum for setting in settings]
    return Shape(
        None if None in least else min(one for one in least if one is not None),
        None if None in most else max(one for one in most if one is not None),
        frozenset(word for setting in settings for word in setting.choices),
    )


def differences(ours: Mapping[str, Shape], theirs: Mapping[str, Shape]) -> list[tuple[str, str]]:
    """Name every property in which the two differ, with the difference in words.

    A side that says nothing of a range or of words differs in nothing; a record that the sheets do not open is not
    looked into.
    """
    closed = tuple(f"{name}." for name in ours if not any(other.startswith(f"{name}.") for other in ours))
    found = []
    for name in sorted({*ours, *theirs}):
        here, there = ours.get(name), theirs.get(name)
        if here is None:
            if not name.startswith(closed):
                found.append((name, "is new: the sheets do not have it"))
        elif there is None:
            found.append((name, "is gone: only the sheets have it"))
        else:
            found += [(name, difference) for difference in _differences(here, there)]
    return found


def _differences(here: Shape, there: Shape) -> Iterator[str]:
    for what, mine, other in (
        ("minimum", here.minimum, there.minimum),
        ("maximum", here.maximum, there.maximum),
    ):
        if mine is not None and other is not None and mine != other:
            yield f"has the {what} {other}, the sheets say {mine}"
    if here.choices and there.choices:
        if new := sorted(there.choices - here.choices):
            yield f"takes new words: {', '.join(new)}"
        if gone := sorted(here.choices - there.choices):
            yield f"no longer takes: {', '.join(gone)}"


def report(origin: str, found: list[tuple[str, str]]) -> tuple[list[str], int]:
    """The differences from one model as lines, and how many of them nobody has looked at yet."""
    lines, unknown = [], 0
    for name, difference in found:
        reason = KNOWN.get((origin, name))
        unknown += reason is None
        lines.append(f"{origin}: {name} {difference}" + ("" if reason is None else f" (known: {reason})"))
    return lines, unknown


def installed_models() -> Iterator[tuple[str, dict[str, Shape]]]:
    """What the installed botocore and cfn-lint say, for those of the two that are there."""
    model = service_model()
    if model is not None:
        yield "botocore", shapes_of_service(model)
    schemas = installed_schemas((RESOURCE,))
    if schemas:
        yield "cfn-lint", shapes_of_resource(schemas[RESOURCE])


def installed_schemas(types: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The resource schemas of some types that the installed cfn-lint carries; none if it is not installed."""
    lint = data_of("cfnlint")
    index = lint / "schemas" / "providers" / "us-east-1.json" if lint else None
    if lint is None or index is None or not index.exists():
        return {}
    names = json.loads(index.read_text(encoding="utf-8"))
    folder = lint / "schemas" / "resources"
    return {one: json.loads((folder / f"{names[one]}.json").read_text("utf-8")) for one in types if one in names}


def policy_types() -> frozenset[str]:
    """The types of the policies that the table of resource types names."""
    return frozenset(policy.type for facts in RESOURCES.values() for policy in (*facts.policies, *facts.attached))


def main() -> int:
    """Print every difference; 1 if there is one that nobody has looked at, 2 if there is no model."""
    ours, models = shapes_of_sheets(SOURCES), list(installed_models())
    unknown = 0
    for origin, theirs in models:
        lines, count = report(origin, differences(ours, theirs))
        unknown += count
        print("\n".join([*lines, f"{origin}: {len(theirs)} properties compared, {count} differences to look at"]))
    schemas = installed_schemas({RESOURCE, *RESOURCES, *policy_types()})
    lines, count = report("cfn-lint", [*replacement_differences(schemas), *return_differences(schemas)])
    unknown += count
    if schemas:
        print("\n".join([*lines, f"cfn-lint: {len(schemas)} types compared, {count} differences"]))
    lines, count = drift_words.report()
    unknown += count
    if lines:
        print("\n".join(lines))
    for origin in {"botocore", "cfn-lint"} - {origin for origin, _ in models}:
        print(f"{origin}: not installed here, so not compared")
    return 2 if not models else int(unknown > 0)


if __name__ == "__main__":
    sys.exit(main())
