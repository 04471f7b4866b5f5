"""The page about `cdk-esm diff`: what it shows is what is printed."""

import re
import shlex
from pathlib import Path

import pytest

from cdk_esm.__main__ import main, parser

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


def test_every_command_on_the_page_is_one_that_can_be_run() -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    lines = [line for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    commands = [line for line in lines if line.startswith("cdk-esm ")]

    assert len(commands) == 5
    for command in commands:
        assert parser().parse_args(shlex.split(command)[1:]).old == "deployed/"


def test_the_page_names_every_option_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["diff", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    page = PAGE.read_text(encoding="utf-8")

    assert [option for option in sorted(options) if f"{option} " not in page and f"{option}`" not in page] == []
