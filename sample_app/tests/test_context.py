import importlib.metadata
import re
from pathlib import Path

import pytest

from sample_app.context import ContextError, read_context
from sample_app.powertools import LAYER_PARAMETER, POWERTOOLS_VERSION


def test_the_context_of_the_checkout_holds_feature_flags() -> None:
    assert read_context()["@aws-cdk/aws-iam:minimizePolicies"] is True


def test_a_cdk_json_without_context_gives_none(tmp_path: Path) -> None:
    (tmp_path / "cdk.json").write_text('{"app": "python -m sample_app"}')

    assert read_context(tmp_path / "cdk.json") == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(None, "cdk.json not found: run the app from a checkout", id="missing"),
        pytest.param("context:", "cdk.json is not JSON", id="not-json"),
        pytest.param("[]", '"context" must be an object', id="a-list"),
        pytest.param('{"context": 1}', '"context" must be an object', id="context-is-a-number"),
    ],
)
def test_a_cdk_json_that_cannot_be_used_is_named(tmp_path: Path, text: str | None, complaint: str) -> None:
    file = tmp_path / "cdk.json"
    if text is not None:
        file.write_text(text)

    with pytest.raises(ContextError, match=re.escape(complaint)) as caught:
        read_context(file)
    assert str(file) in str(caught.value)


def test_the_layer_holds_the_powertools_that_these_tests_ran_with() -> None:
    assert importlib.metadata.version("aws-lambda-powertools") == POWERTOOLS_VERSION
    assert LAYER_PARAMETER.endswith("/" + POWERTOOLS_VERSION)
