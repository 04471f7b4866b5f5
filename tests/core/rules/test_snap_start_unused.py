from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_function
from cdk_esm.testing.templates import get, plan, ref, resource
from cdk_esm.testing.templates import mapping as written

ONLY = ["ESM360"]


def test_snap_start_beside_a_mapping_on_the_function_itself_is_found() -> None:
    assert ids(with_function(mapping("dynamodb"), snap_start=True)) == ONLY


@pytest.mark.parametrize(
    "function",
    [
        {"snap_start": True, "qualified": True},
        {"snap_start": True, "qualified": UNKNOWN},
        {"snap_start": UNKNOWN},
        {"snap_start": False},
    ],
)
def test_a_version_and_what_is_not_known_have_no_finding(function: dict[str, Any]) -> None:
    assert ids(with_function(mapping(), **function)) == []


@pytest.mark.parametrize(("applies", "expected"), [("PublishedVersions", ONLY), ("None", [])])
def test_a_template_says_what_it_applies_to(applies: str, expected: list[str]) -> None:
    function = resource("Lambda::Function", {"Role": get("Role"), "SnapStart": {"ApplyOn": applies}})
    resources = {"Queue": resource("SQS::Queue"), "Function": function, "Orders": written(get("Queue"))}

    assert ids(plan(resources), select=ONLY) == expected


def test_a_mapping_on_an_alias_of_it_is_right() -> None:
    function = resource("Lambda::Function", {"Role": get("Role"), "SnapStart": {"ApplyOn": "PublishedVersions"}})
    alias = resource("Lambda::Alias", {"FunctionName": ref("Function"), "FunctionVersion": "1", "Name": "live"})
    on_alias = written(get("Queue"), FunctionName=ref("Live"))
    resources = {"Queue": resource("SQS::Queue"), "Function": function, "Live": alias, "Orders": on_alias}

    assert ids(plan(resources), select=ONLY) == []
