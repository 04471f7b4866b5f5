"""``cdk-esm check --templates-only``: what a hook passes, and what of it is looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import without_fault


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, document: Any) -> str:
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1))
    return path.name


def test_named_files_that_are_no_templates_are_passed_over_where_only_templates_are_wanted(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = [write(shop / "package.json", {"name": "shop"}), write(shop / "notes.yaml", "- a\n- b\n")]
    template_file = write(shop / "Shop.json", without_fault(BatchSize=100))

    assert main(["check", *others, "--templates-only"]) == 0
    assert main(["check", *others, template_file, "--templates-only"]) == 1
    assert main(["check", *others, template_file]) == 2
    assert "package.json" in capsys.readouterr().err


def test_a_broken_template_is_never_passed_over(shop: Path) -> None:
    broken = write(shop / "Shop.json", '{"Resources": {"Orders": {"Type": "AWS::Lambda::EventSourceMapping"')

    assert main(["check", broken, "--templates-only"]) == 2
    assert main(["check", "missing.json", "--templates-only"]) == 2
