"""Users' code through mypy and Pyright, both strict, and what an editor shows while they write it.

Both read CDK, which takes seconds, so each runs once. mypy shares the cache of ``make types``.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm import constructs
from tests.typing.language_server import LanguageServer, language_server
from tests.typing.test_users_app import APP

ROOT: Final = Path(__file__).parents[2]
NOTHING_BEFORE: Final = 600
"""Seconds that mypy may take where ``make types`` has never run, and there is no cache of CDK's types."""
MISTAKES: Final = """\
import aws_cdk as cdk
import cdk_esm as esm
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs


def mistakes(stack: cdk.Stack, queue: sqs.Queue, function: lambda_.IFunction) -> None:
    new = esm.NewFunction(code="handlers/orders", handler="app.handler", alias="live")
    esm.SqsToLambda(stack, "Number", function=3)  # wrong
    esm.SqsToLambda(stack, "Text", function=new, queue="orders")  # wrong
    esm.SqsToLambda(stack, "Misspelt", function=new, batch_sise=3)  # wrong
    esm.SqsToLambda(stack, "Missing")  # wrong
    esm.DynamoDbToLambda(stack, "Table", function=new, table=queue)  # wrong
    esm.KinesisToLambda(stack, "OnFailure", function=new, on_failure=queue)  # wrong
    esm.NewFunction("handlers/orders", "app.handler", memory="512")  # wrong
    esm.Alarms(notify=[queue])  # wrong
    esm.Imported("orders")  # wrong
    around = esm.SqsToLambda(stack, "Around", function=function, queue=queue)
    around.dead_letter_queue.queue_arn  # wrong
    around.function.add_environment("STAGE", "test")  # wrong
    given_up = esm.SqsToLambda(stack, "GivenUp", function=new, dead_letter_queue=esm.NoDeadLetterQueue("why"))
    given_up.dead_letter_queue.queue_arn  # wrong
    given_up.target.add_environment("STAGE", "test")  # wrong
    given_up.function.add_environment("STAGE", "test")
    given_up.target.add_auto_scaling(max_capacity=5)
"""
WRONG: Final = {number for number, line in enumerate(MISTAKES.splitlines(), 1) if line.endswith("# wrong")}
CONSTRUCTS: Final = [name for name in constructs.__all__ if name.endswith("ToLambda")]
RECORDS: Final = ["NewFunction", "NewQueue", "NewStream", "NewTable", "Alarms", "Imported", "ProvisionedPollers"]
HEAD: Final = """\
import aws_cdk as cdk
import cdk_esm as esm


def write(stack: cdk.Stack) -> None:
    orders = esm.SqsToLambda(stack, "Orders", function=esm.NewFunction(code="handlers/orders", handler="app.handler"))
    orders.function
    orders.target
    orders.queue
    orders.dead_letter_queue
    orders.role
    esm.OnFailure.bucket()
"""
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md")))
PROGRAMS: Final = {
    f"program_{page.stem.lower()}.py": text
    for page in PAGES
    for text in re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if "app.synth()" in text
}
"""The whole programs that the pages show, one for each page."""
LAST: Final = {name: list(inspect.signature(getattr(esm, name)).parameters)[-1] for name in (*CONSTRUCTS, *RECORDS)}
"""The last keyword of each, which is being written in the editor."""
WRITTEN: Final = HEAD + "".join(f"    esm.{name}({last}=\n" for name, last in LAST.items())
LINES: Final = WRITTEN.splitlines()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with language_server(tmp_path_factory.mktemp("editor"), ROOT) as server:
        for file in APP:
            server.open(file.name, file.read_text(encoding="utf-8"))
        server.open("mistakes.py", MISTAKES)
        server.open("written.py", WRITTEN)
        yield server


def shown(editor: LanguageServer, text: str) -> str:
    """What an editor shows of the last word of a text, where it is first written."""
    line = next(number for number, one in enumerate(LINES, 1) if one.strip().startswith(text))
    return editor.hover("written.py", line, LINES[line - 1].index(text) + len(text) - 1)


def summary(public: Any) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(public) or "").partition("\n")[0]


def test_mypy_takes_what_users_write_and_refuses_each_mistake(tmp_path: Path) -> None:
    mistakes = tmp_path / "mistakes.py"
    mistakes.write_text(MISTAKES, encoding="utf-8")
    for name, program in PROGRAMS.items():
        (tmp_path / name).write_text(program, encoding="utf-8")
    files = [*APP, mistakes, *(tmp_path / name for name in PROGRAMS)]
    command = [sys.executable, "-m", "mypy", "--no-error-summary", *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=NOTHING_BEFORE, check=False)
    errors = re.findall(r"^(.+?):(\d+): error: ", done.stdout, re.MULTILINE)

    assert len(PROGRAMS) >= 5
    # A file of the same text in another folder may be in the cache, with its path.
    assert {Path(path).name for path, _ in errors} == {mistakes.name}, done.stdout + done.stderr
    assert {int(line) for _, line in errors} == WRONG, done.stdout


def test_pyright_takes_what_users_write(editor: LanguageServer) -> None:
    assert {file.name: errors for file in APP if (errors := editor.errors(file.name))} == {}


def test_pyright_refuses_each_mistake(editor: LanguageServer) -> None:
    errors = editor.errors("mistakes.py")

    assert errors.keys() == WRONG, errors


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_hover_on_a_call_shows_what_the_construct_makes_and_takes(editor: LanguageServer, name: str) -> None:
    text = shown(editor, f"esm.{name}")
    keywords = list(inspect.signature(getattr(esm, name)).parameters)

    assert text.startswith(f"class {name}(")
    assert re.findall(r"^    (\w+): ", text.partition("\n)")[0], re.MULTILINE) == keywords
    assert summary(getattr(esm, name).__init__) in text
    assert all(f"    {keyword}: " in text.partition("\nArgs:\n")[2] for keyword in keywords)
    assert "Creates a new construct node" not in text, "CDK's own words about every construct"


@pytest.mark.parametrize("name", RECORDS)
def test_hover_on_a_record_shows_what_it_is(editor: LanguageServer, name: str) -> None:
    assert summary(getattr(esm, name)) in shown(editor, f"esm.{name}")


def test_hover_on_what_makes_a_record_shows_where_records_go(editor: LanguageServer) -> None:
    assert summary(esm.OnFailure.bucket) in shown(editor, "esm.OnFailure.bucket")


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ("function", "Function"),
        ("target", "Function"),
        ("queue", "Queue"),
        ("dead_letter_queue", "Queue"),
        ("role", "IRole"),
    ],
)
def test_hover_on_an_attribute_shows_its_type_and_what_it_is(editor: LanguageServer, attribute: str, kind: str) -> None:
    text = shown(editor, f"orders.{attribute}")

    assert f"{attribute}: {kind}\n" in text
    assert summary(inspect.getattr_static(esm.SqsToLambda, attribute)) in text


@pytest.mark.parametrize("name", [*CONSTRUCTS, *RECORDS])
def test_signature_help_names_every_keyword_and_explains_the_one_that_is_written(
    editor: LanguageServer, name: str
) -> None:
    line = LINES.index(f"    esm.{name}({LAST[name]}=") + 1
    called = editor.signature("written.py", line, len(LINES[line - 1]))
    labels = [str(one["label"]).partition(":")[0] for one in called["parameters"]]
    written = called["parameters"][called["active"]]

    assert [one for one in labels if one != "*"] == list(inspect.signature(getattr(esm, name)).parameters)
    assert str(written["documentation"]["value"]).startswith(f"{LAST[name]}: ")
