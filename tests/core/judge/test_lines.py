"""The line of a mapping: that of its logical id, or of what stands below it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.judge.lines import line_of

YAML = """\
Resources:
  Other:
    Properties:
      Events:
        First: {}
  Worker:
    Properties:
      Events:
        First: {}
        'Second':
          Properties:
            Queue: a
  Last:
    Events:
      Third: {}
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        pytest.param(["Worker"], 6, id="the resource"),
        pytest.param(["Worker", "Events"], 8, id="below it"),
        pytest.param(["Worker", "Events", "First"], 9, id="not that of another resource"),
        pytest.param(["Worker", "Events", "Second"], 10, id="a key in quotes"),
        pytest.param(["Worker", "Events", "Third"], 8, id="the nearest above where it is missing"),
        pytest.param(["Worker", "Events", "Third", "First"], 8, id="no further below what is missing"),
        pytest.param(["Last", "Events", "Third"], 15, id="the last line"),
        pytest.param(["Nobody"], 1, id="nowhere"),
        pytest.param(["Nobody", "Events"], 1, id="below nowhere"),
    ],
)
def test_line_is_that_of_the_last_key_that_is_there(tmp_path: Path, keys: Sequence[str], line: int) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(YAML, encoding="utf-8")

    assert line_of(str(file), keys) == line


def test_lines_of_json_are_found_too(tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    document: dict[str, Any] = {"Resources": {"Worker": {"Properties": {"Events": {"First": {}, "Second": {}}}}}}
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")

    assert line_of(str(file), ["Worker", "Events", "Second"]) == 7


@pytest.mark.parametrize("content", [b"\xff\xfe\nWorker:\n", b"\xef\xbb\xbf\nWorker:\n"], ids=["no text", "a mark"])
def test_file_of_another_encoding_has_lines_too(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "shop.yaml"
    file.write_bytes(content)

    assert line_of(str(file), ["Worker"]) == 2


@pytest.mark.parametrize("name", ["none.yaml", "", "\0"])
def test_file_that_cannot_be_read_has_one_line(tmp_path: Path, name: str) -> None:
    assert line_of(str(tmp_path / name) if name else name, ["Worker", "Events"]) == 1
