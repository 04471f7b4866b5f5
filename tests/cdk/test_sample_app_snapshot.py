"""The sample app's templates as they are reviewed: ``UPDATE_SNAPSHOTS=1`` writes them anew."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from sample_app.app import build_app
from sample_app.context import ROOT, read_context
from tests.cdk.templates import ASSET_HASH, is_locked_cdk, reviewable

FOLDER = Path(__file__).parent / "snapshots"
FLAGS = "what-flags-change"
Templates = dict[str, dict[str, Any]]


def synthesized(context: dict[str, Any] | None, folder: Path) -> Templates:
    """The app's templates by stack, without what CDK adds to each and with asset hashes masked."""
    found = {}
    for stack in build_app(context, outdir=str(folder)).synth().stacks:
        found[stack.stack_name] = reviewable(stack.template)
    return found


def changed(before: Templates, after: Templates) -> Templates:
    """The resources that differ, as they are afterwards; nothing else may."""
    found: Templates = {}
    for name, template in after.items():
        one, other = before[name]["Resources"], template["Resources"]
        assert {**before[name], "Resources": ""} == {**template, "Resources": ""}
        assert set(one) == set(other)
        found[name] = {key: resource for key, resource in other.items() if one[key] != resource}
    return found


def rendered(value: Any, depth: int) -> str:
    """JSON, sorted, of which the outer levels take a line per value and the inner ones stay on it."""
    if depth == 0 or not isinstance(value, dict) or not value:
        return json.dumps(value, sort_keys=True)
    members = (f"{json.dumps(key)}: {rendered(member, depth - 1)}" for key, member in sorted(value.items()))
    return "{\n" + textwrap.indent(",\n".join(members), "  ") + "\n}"


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The texts to compare: each stack's template without any flag, and what the flags of a new app change."""
    plain = synthesized(None, tmp_path_factory.mktemp("plain"))
    flagged = synthesized(read_context(), tmp_path_factory.mktemp("flagged"))
    texts = {name: rendered(template, 4) for name, template in plain.items()}
    return {name: text + "\n" for name, text in (texts | {FLAGS: rendered(changed(plain, flagged), 4)}).items()}


def test_the_templates_are_those_that_were_reviewed(snapshots: dict[str, str]) -> None:
    if not is_locked_cdk():
        pytest.skip("the snapshots belong to the locked version of aws-cdk-lib")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        for file in FOLDER.glob("*.json"):
            file.unlink()
        for name, text in snapshots.items():
            (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")

    assert {file.stem for file in FOLDER.glob("*.json")} == set(snapshots)
    for name, text in snapshots.items():
        assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text, f"{name}: see UPDATE_SNAPSHOTS above"


def test_snapshots_are_json_without_a_hash_of_an_asset(snapshots: dict[str, str]) -> None:
    for text in snapshots.values():
        assert json.loads(text)
        assert not ASSET_HASH.search(text)


def test_the_flags_of_a_new_app_change_policies_alone(snapshots: dict[str, str]) -> None:
    kinds = {one["Type"] for resources in json.loads(snapshots[FLAGS]).values() for one in resources.values()}

    assert kinds == {"AWS::IAM::Policy", "AWS::KMS::Key"}, (
        "minimizePolicies sorts actions; the other flags meet the same values"
    )


def test_templates_are_the_same_to_the_byte_whatever_the_hash_seed(tmp_path: Path) -> None:
    folders = [tmp_path / seed for seed in ("1", "2")]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "sample_app"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": folder.name, "CDK_OUTDIR": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for folder in folders
    ]
    for run in runs:
        _, complaint = run.communicate()
        assert run.returncode == 0, complaint.decode()
    one, other = ({file.name: file.read_bytes() for file in folder.glob("*.template.json")} for folder in folders)

    assert one
    assert one == other
