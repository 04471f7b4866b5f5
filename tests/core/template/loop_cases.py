"""What the tests of loops have in common: a template that declares the transform, and a loop over lanes."""

from typing import Any

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.extensions import extended
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read
from cdk_esm.testing.templates import mapping, ref, resource, template

NAMES = ["North", "South"]
LISTS: dict[str, Any] = {
    "Parameters": {
        "Names": {"Type": "CommaDelimitedList", "Default": "North, South"},
        "Text": {"Type": "String", "Default": "North|South"},
        "Open": {"Type": "CommaDelimitedList"},
        "Empty": {"Type": "CommaDelimitedList", "Default": ""},
        "Stored": {"Type": "AWS::SSM::Parameter::Value<List<String>>", "Default": "/shop/names"},
        "Stage": {"Type": "String", "Default": "live"},
    },
    "Mappings": {"Lanes": {"live": {"Names": NAMES, "One": "North"}, 111122223333: {"Names": ["East"]}}},
    "Conditions": {"Live": {"Fn::Equals": [ref("Stage"), "live"]}},
}


def sub(text: str) -> dict[str, str]:
    return {"Fn::Sub": text}


def loop(identifier: Any, collection: Any, fragment: Any) -> dict[str, Any]:
    """The one loop of a section."""
    return {"Fn::ForEach::Lanes": [identifier, collection, fragment]}


def stack_with_loops(resources: dict[str, Any], **more: Any) -> Stack:
    """The stack of a template that declares the transform."""
    written = template(resources, **{"Transform": "AWS::LanguageExtensions", **LISTS, **more})
    given = written.pop("given", {})
    return extended(Stack(name="Shop", document=written, given=given), written)


def read_with_loops(resources: dict[str, Any], **more: Any) -> Reading:
    """What is read of it."""
    return read(Assembly([stack_with_loops(resources, **more)]))


def queues_and_mappings(collection: Any) -> dict[str, Any]:
    """A loop that makes a queue and its mapping of each name."""
    return loop(
        "Lane",
        collection,
        {
            "Queue${Lane}": resource("SQS::Queue", {"QueueName": sub("${Lane}-orders"), "VisibilityTimeout": 15}),
            "Link${Lane}": mapping({"Fn::GetAtt": [sub("Queue${Lane}"), "Arn"]}),
        },
    )


def made(reading: Reading) -> list[str]:
    return [str(plan.logical_id) for plan in reading.plans]
