"""The pre-commit hook and the pipelines in the docs: each is YAML, and each command of ours in them can be run."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import parser

yaml = pytest.importorskip("yaml", reason="YAML is read with PyYAML, an extra")

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide" / "ci.md"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\s*(cdk-esm .*?)\s*(?:[>|;&#].*)?$", re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if kind == language]


def texts(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from texts(member)
    elif isinstance(value, str):
        yield value


def commands() -> list[str]:
    """Every command of ours, as it is run."""
    found = [text for block in blocks("yaml") for text in texts(yaml.safe_load(block))]
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    configured = [
        " ".join([hook["entry"], *one.get("args", []), "Shop.yaml"])
        for block in blocks("yaml")
        for repository in yaml.safe_load(block).get("repos", ())
        for one in repository["hooks"]
    ]
    return [command for text in [*found, *blocks("sh"), *configured] for command in COMMAND.findall(text)]


@pytest.mark.parametrize("command", commands())
def test_a_command_in_the_docs_is_one_that_can_be_run(command: str) -> None:
    given = parser().parse_args(shlex.split(command)[1:])

    assert isinstance(given, argparse.Namespace)


def test_all_the_pipelines_are_looked_at() -> None:
    assert len(blocks("yaml")) == 3
    assert len(commands()) >= 10


def test_a_command_that_is_none_would_be_seen() -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(shlex.split("cdk-esm check cdk.out --format html")[1:])


def test_the_hook_in_the_docs_is_the_one_that_is_defined() -> None:
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    [configuration] = [block for block in blocks("yaml") if "repos:" in block]
    [repository] = yaml.safe_load(configuration)["repos"]

    assert [one["id"] for one in repository["hooks"]] == [hook["id"]] == ["cdk-esm-check"]
    assert hook["language"] == "python"
    assert hook["require_serial"] is True, "rules over several mappings need all files in one process"
    assert re.search(hook["files"], "stacks/Shop.template")


def test_the_report_of_codebuild_is_the_file_that_the_command_writes() -> None:
    [build] = [yaml.safe_load(block) for block in blocks("yaml") if "phases:" in block]
    [report] = build["reports"].values()

    written = f"{report['base-directory']}/{report['files'][0]}"
    assert any(command.endswith(f"> {written}") for command in build["phases"]["build"]["finally"])
