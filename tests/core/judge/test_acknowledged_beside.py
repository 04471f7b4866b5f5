"""Acknowledgements that an assembly keeps beside its templates, as CDK writes them, and as nobody should."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.judge.inputs import read_inputs
from cdk_esm.testing.templates import without_fault

REASON = "see runbook 12"


def said(entries: dict[str, str]) -> list[Any]:
    """Metadata of a construct."""
    return [{"type": "aws:cdk:acknowledged-rules", "data": entries}]


def acknowledged(folder: Path, metadata: dict[str, Any], own: dict[str, Any] | None = None) -> dict[str, str]:
    """What counts as acknowledged for the mapping at Live/Shop/Orders."""
    document = without_fault()
    document["Resources"]["Orders"]["Metadata"] = {"aws:cdk:path": "Live/Shop/Orders/Resource", "cdk-esm": own or {}}
    properties = {"templateFile": "Shop.json"}
    stack = {"type": "aws:cloudformation:stack", "properties": properties, "metadata": metadata}
    (folder / "Shop.json").write_text(json.dumps(document))
    (folder / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": {"Shop": stack}}))
    [plan] = read_inputs([str(folder)]).plans
    return dict(plan.acknowledged)


@pytest.mark.parametrize("path", ["/Live/Shop/Orders/Resource", "/Live/Shop/Orders", "/Live/Shop", "/Live"])
def test_acknowledgement_on_the_construct_or_above_it_counts(path: str, tmp_path: Path) -> None:
    assert acknowledged(tmp_path, {path: said({"cdk-esm::ESM308": REASON})}) == {"ESM308": REASON}


@pytest.mark.parametrize("path", ["/Live/Shop/Order", "/Live/Shop/Orders/Resource/X", "/Shop", "Live/Shop", "/", ""])
def test_acknowledgement_elsewhere_does_not_count(path: str, tmp_path: Path) -> None:
    assert acknowledged(tmp_path, {path: said({"cdk-esm::ESM308": REASON})}) == {}


def test_the_nearest_reason_counts_and_that_of_the_template_is_nearest(tmp_path: Path) -> None:
    metadata = {
        "/Live/Shop/Orders": said({"cdk-esm::ESM308": "near", "cdk-esm::ESM309": "near"}),
        "/Live/Shop": said({"cdk-esm::ESM308": "far", "cdk-esm::ESM310": "far"}),
    }
    own = {"acknowledged": {"ESM309": "nearest"}}

    assert acknowledged(tmp_path, metadata, own) == {"ESM308": "near", "ESM309": "nearest", "ESM310": "far"}


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("no list", id="text"),
        pytest.param([None, "x", ["y"], {}], id="entries that are none"),
        pytest.param([{"type": "aws:cdk:acknowledged-rules", "data": "all"}], id="data that is a text"),
        pytest.param(said({"cdk-esm::ESM308": 1}), id="reason that is a number"),  # type: ignore[dict-item]
        pytest.param(said({"AwsSolutions::ESM308": REASON}), id="rule of others"),
        pytest.param(said({"ESM308": REASON}), id="rule without a namespace"),
        pytest.param([{"type": "aws:cdk:warning", "data": {"cdk-esm::ESM308": REASON}}], id="another kind of entry"),
    ],
)
def test_what_is_no_acknowledgement_of_ours_counts_for_nothing(entries: Any, tmp_path: Path) -> None:
    assert acknowledged(tmp_path, {"/Live/Shop": entries}) == {}
