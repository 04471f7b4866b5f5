"""The core answers without Node, without aws_cdk, and at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CDK = {"aws_cdk", "constructs", "jsii", "cdk_nag"}


def run(*arguments: str, tmp_path: Path) -> str:
    """What a fresh Python prints in which no program can be found, and Node least of all."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JSII_", "PYTHON"))}
    environment |= {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def modules_after(code: str, tmp_path: Path) -> set[str]:
    """The modules that a fresh Python has loaded for a piece of code, beside those that it has anyway."""
    program = f"import sys; before = set(sys.modules); {code}; print(*(set(sys.modules) - before))"
    return set(run("-c", program, tmp_path=tmp_path).split())


def test_importing_the_package_loads_no_cdk(tmp_path: Path) -> None:
    loaded = modules_after("import cdk_esm; cdk_esm.check([])", tmp_path)

    assert "cdk_esm.rules.engine" in loaded
    assert not CDK & loaded
    assert not {name for name in loaded if name.startswith("cdk_esm.constructs")}


def test_importing_the_package_loads_little(tmp_path: Path) -> None:
    loaded = modules_after("import cdk_esm", tmp_path)
    ours = {name for name in loaded if name.startswith("cdk_esm.")}

    assert not {name for name in ours if name.count(".") > 2}, "the rules load when they are first asked"
    assert not {name for name in ours if name.startswith(("cdk_esm.report", "cdk_esm.testing", "cdk_esm.alarms"))}
    assert not {name for name in ours if name.startswith("cdk_esm.filters")}
    assert not {"argparse", "difflib", "json", "subprocess", "asyncio"} & loaded


def test_filters_load_when_they_are_first_named(tmp_path: Path) -> None:
    loaded = modules_after("import cdk_esm as esm; esm.filters.compile('sqs', [{'body': {'a': ['x']}}])", tmp_path)

    assert "cdk_esm.filters.criteria" in loaded
    assert not CDK & loaded


def test_listing_the_names_loads_no_cdk(tmp_path: Path) -> None:
    loaded = modules_after("import cdk_esm; assert 'SqsToLambda' in dir(cdk_esm)", tmp_path)

    assert not CDK & loaded


def test_a_misspelt_name_is_told_the_right_one_without_cdk(tmp_path: Path) -> None:
    program = "import cdk_esm\ntry:\n    cdk_esm.SqsToLamda\nexcept AttributeError as error:\n    print(error)"

    assert run("-c", program, tmp_path=tmp_path).strip() == (
        "module 'cdk_esm' has no attribute 'SqsToLamda'; did you mean SqsToLambda?"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["explain", "ESM201"], id="explain"),
        pytest.param(["rules"], id="rules"),
        pytest.param(["sources"], id="sources"),
        pytest.param(["filter", "--help"], id="filter"),
    ],
)
def test_the_command_line_works_without_node(arguments: list[str], tmp_path: Path) -> None:
    assert run("-m", "cdk_esm", *arguments, tmp_path=tmp_path)


COMMANDS_LOADED = (
    "import json, sys; from cdk_esm.__main__ import main; main({words}); print(json.dumps([*sys.modules]))"
)


def modules_of_the_command(words: list[str], tmp_path: Path) -> set[str]:
    return set(json.loads(run("-c", COMMANDS_LOADED.format(words=words), tmp_path=tmp_path).splitlines()[-1]))


@pytest.mark.parametrize("words", [["rules"], ["sources"], ["explain", "ESM201"]], ids=lambda words: words[0])
def test_a_command_loads_its_own_file_and_nothing_that_it_does_not_use(words: list[str], tmp_path: Path) -> None:
    loaded = modules_of_the_command(words, tmp_path)
    commands = {name for name in loaded if name.startswith("cdk_esm.cli.")}

    assert commands == {"cdk_esm.cli.common", f"cdk_esm.cli.{words[0]}"}
    assert not {name for name in loaded if name.startswith(("cdk_esm.template.", "cdk_esm.judge", "cdk_esm.diff"))}
    assert not CDK & loaded
