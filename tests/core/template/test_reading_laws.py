"""What holds for every template, however odd: how it is written does not count, and reading leaves it alone."""

import copy
import importlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.template.cloudformation.files import load_text
from cdk_esm.template.read import read_template
from tests.core.template.test_robust import TEMPLATES

YAML = importlib.import_module("yaml")  # which has no types


def as_text(plans: list[MappingPlan]) -> str:
    """The plans to compare: a setting may be NaN, which equals nothing."""
    return "\n".join(map(repr, plans))


def plans_of(text: str, *, yaml: bool) -> str:
    return as_text(read_template(load_text(text, "orders", yaml=yaml)))


@given(TEMPLATES)
def test_yaml_says_the_same_as_json(document: dict[str, Any]) -> None:
    assert plans_of(YAML.safe_dump(document, sort_keys=False), yaml=True) == plans_of(json.dumps(document), yaml=False)


@given(TEMPLATES)
def test_reading_leaves_the_template_alone_and_comes_to_the_same_again(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)

    first = read_template(document)
    again = read_template(document)

    assert repr(document) == repr(before)
    assert as_text(first) == as_text(again)
    assert list(map(str, check(first))) == list(map(str, check(again)))


@given(TEMPLATES, st.sampled_from(["Type", "Description", "UpdateReplacePolicy", "DeletionPolicy"]))
def test_a_resource_that_no_mapping_refers_to_does_not_change_the_plans(
    document: dict[str, Any], attribute: str
) -> None:
    stranger = {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": "{}"}, attribute: "AWS::X::Y"}
    larger = {**document, "Resources": {**document["Resources"], "Stranger": stranger}}

    assert as_text(read_template(larger)) == as_text(read_template(document))
