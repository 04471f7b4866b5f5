"""The page about `cdk-esm check`, and what the README says of the command line: it runs as it stands."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from cdk_esm.__main__ import main, parser
from cdk_esm.cli.check import FAMILIES
from cdk_esm.judge.formats import FORMATS

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "guide" / "check.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """The templates of the page, each with what is printed for it."""
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    templates, printed = ([text for kind, text in blocks if kind == wanted] for wanted in ("yaml", "text"))
    return list(zip(templates, printed, strict=True))


@pytest.mark.parametrize(("file", "example"), [("shop.yaml", 0), ("template.yaml", 1)])
def test_the_page_shows_what_is_printed(
    file: str, example: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("yaml", reason="YAML is read with PyYAML, an extra")
    template, printed = examples()[example]
    monkeypatch.chdir(tmp_path)
    (tmp_path / file).write_text(template)

    assert main(["check", file]) == 1
    assert capsys.readouterr().out == printed


def test_the_page_names_every_format_and_every_family() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [name for name in FORMATS if f"| `{name}` |" not in text] == []
    assert [name for name in FAMILIES if f"`{name}`" not in text] == []


def test_every_command_of_the_readme_can_be_run() -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    commands = [
        line.partition("#")[0]
        for kind, text in blocks
        if kind == "sh"
        for line in text.splitlines()
        if "cdk-esm " in line
    ]

    assert len(commands) >= 4
    for command in commands:
        assert isinstance(parser().parse_args(shlex.split(command)[1:]), argparse.Namespace), command
