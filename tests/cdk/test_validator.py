"""What AWS's own template validator, the one inside CDK, says of our templates: no error, no warning."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import cloudformation_validate as validator  # type: ignore[import-untyped]
import pytest

from cdk_esm import NewFunction
from sample_app.app import build_app
from sample_app.context import read_context
from tests.cdk.templates import template
from tests.cdk.variants import VARIANTS, Make, standard

# Exactly what CDK's own integration leaves out. W3005 (a DependsOn that a reference implies already) and W1020 (an
# Fn::Sub without a variable) are ways in which CDK itself writes templates; E1018 (the source of an Fn::Split) and
# W1103 (an intrinsic function of an unknown name) misjudge intrinsic functions that CDK writes; W9002 and W9013 (an
# ARN, an account id, written out) is what an import by ARN comes to. Of these ours would show W3005 alone.
LEFT_OUT = ["W3005", "W1020", "E1018", "W9002", "W9013", "W1103"]

Validate = Callable[[dict[str, Any]], list[str]]


@pytest.fixture(scope="module")
def findings() -> Validate:
    """Lists the errors and warnings in a template."""
    engine = validator.CompositeEngine()
    config = validator.ValidateConfig(
        exclude=validator.RuleFilterConfig(ids=LEFT_OUT), severity_level=validator.Severity.WARN
    )

    def validate(document: dict[str, Any]) -> list[str]:
        report = engine.validate_template(validator.TemplateContent(json.dumps(document)), config)
        assert report.status is validator.ReportStatus.OK
        return [f"{one.rule_id} {one.entity} {one.property_path}: {one.message}" for one in report.diagnostics]

    return validate


@pytest.mark.parametrize("make", VARIANTS.values(), ids=VARIANTS)
def test_a_bundle_has_no_error_and_no_warning(
    make: Make, stack: cdk.Stack, function: NewFunction, findings: Validate
) -> None:
    make(stack, function)

    assert findings(template(stack)) == []


@pytest.mark.parametrize("flags", [False, True], ids=["without-flags", "with-flags"])
def test_the_sample_app_has_no_error_and_no_warning(tmp_path: Path, findings: Validate, *, flags: bool) -> None:
    app = build_app(read_context() if flags else None, outdir=str(tmp_path))
    stacks = app.synth().stacks

    assert stacks
    for stack in stacks:
        assert findings(dict(stack.template)) == []


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        pytest.param("AWS::Lambda::EventSourceMapping", {"BatchSize": 0}, id="batch-of-none"),
        pytest.param("AWS::SQS::Queue", {"VisibilityTimeout": 10}, id="visibility-below-the-timeout"),
        pytest.param("AWS::Lambda::Function", {"Runtime": "python2.7"}, id="runtime-of-yesterday"),
        pytest.param("AWS::CloudWatch::Alarm", {"Statistics": "Sum"}, id="misspelt-property"),
    ],
)
def test_the_validator_sees_what_is_broken(
    kind: str, changed: dict[str, Any], stack: cdk.Stack, function: NewFunction, findings: Validate
) -> None:
    standard(stack, function)
    document = template(stack)
    for resource in document["Resources"].values():
        if resource["Type"] == kind:
            resource["Properties"] |= changed

    assert findings(document)
