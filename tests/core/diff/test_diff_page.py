"""The page about `cdk-esm diff`: what it shows is what is printed."""

import re
from pathlib import Path

import pytest

from cdk_esm.__main__ import main

PAGE = Path(__file__).parents[3] / "docs" / "guide" / "diff.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["text", "markdown"])
def test_the_page_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    old, new = (text for kind, text in blocks if kind == "yaml")
    [shown] = (text for kind, text in blocks if kind == language)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(old)
    (tmp_path / "new.yaml").write_text(new)

    assert main(["diff", "old.yaml", "new.yaml", "--format", language]) == 1
    assert capsys.readouterr().out == shown
