from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.template.read import read_template
from cdk_esm.testing.plans import ids, mapping, with_function
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as written

ONLY = ["ESM251"]


@pytest.mark.parametrize(
    ("handler", "fix"),
    [
        ("app.handler", "set Handler: index.handler"),
        ("handlers/index.run", "set Handler: index.run"),
        ("handler", "set Handler: index.handler"),
        ("index.", "set Handler: index.handler"),
    ],
)
def test_a_handler_that_is_not_in_the_file_is_found(handler: str, fix: str) -> None:
    [found] = check([with_function(mapping(), inline=True, handler=handler)], select=ONLY)

    assert found.fix == fix


@pytest.mark.parametrize(
    "function",
    [
        {"inline": True, "handler": "index.handler"},
        {"inline": True, "handler": UNRESOLVED},
        {"inline": UNKNOWN, "handler": "app.handler"},
        {"inline": False, "handler": "app.handler"},
        {"inline": True, "handler": None},
    ],
)
def test_what_is_right_or_not_known_has_no_finding(function: dict[str, Any]) -> None:
    assert ids(with_function(mapping(), **function), select=ONLY) == []


def test_it_is_so_behind_a_stream_and_in_the_words_of_a_construct() -> None:
    wrong = with_function(mapping("kinesis"), inline=True, handler="main.run")
    [found] = check([wrong], select=ONLY)
    [at_construct] = check([replace(wrong, door=Door.CONSTRUCT)], select=ONLY)

    assert found.message.startswith("Handler: main.run looks for a file 'main'")
    assert at_construct.fix == "set handler='index.run'"


@pytest.mark.parametrize(("code", "expected"), [({"ZipFile": "x"}, ONLY), ({"S3Bucket": "b", "S3Key": "k"}, [])])
def test_a_template_tells_whether_code_stands_in_it(code: dict[str, str], expected: list[str]) -> None:
    function = resource("Lambda::Function", {"Role": get("Role"), "Handler": "app.handler", "Code": code})
    read = plan({"Queue": resource("SQS::Queue"), "Function": function, "Orders": written(get("Queue"))})

    assert ids(read, select=ONLY) == expected


def test_code_in_a_sam_template_is_seen() -> None:
    event = {"Type": "SQS", "Properties": {"Queue": get("Queue")}}
    function = {"InlineCode": "x", "Handler": "app.handler", "Runtime": "python3.13", "Events": {"Orders": event}}
    document = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Queue": resource("SQS::Queue"),
            "Function": {"Type": "AWS::Serverless::Function", "Properties": function},
        },
    }

    assert ids(*read_template(document), select=ONLY) == ONLY
