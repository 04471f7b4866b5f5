"""Writes docs/reference/cdk.md: every property of CDK's constructors, and what the New… records do with it.

The properties come from the signatures of the installed aws-cdk-lib, what a record does with one from its own signature
and docstring, and what we choose from what a default bundle hands to CDK.
"""

from __future__ import annotations

import functools
import inspect
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from cdk_esm.report.table import markdown_table

if TYPE_CHECKING:
    from cdk_esm.constructs.intake.cdk_classes import OfCdk

RECORDS: Final = ("NewFunction", "NewQueue", "NewStream", "NewTable", "NewBucket")
_HEAD: Final = """\
# CDK's properties, and ours

This page is generated from the signatures of aws-cdk-lib {version} and of this library.

`NewFunction`, `NewQueue`, `NewStream`, `NewTable` and `NewBucket` take what CDK's own constructors take, under CDK's
names and with CDK's values. Your value wins over one that follows from the rest of the bundle, and that wins over our
default. Whatever is not here, such as a `PythonFunction`, is made with CDK and passed to the construct.

- taken: it goes to CDK as it is. Where a rule knows it, it is checked before anything is made.
- taken, ours by default: the same, and a new resource has it without a word of yours.
- not taken: the construct settles it, or it does not belong to such a resource.
- too new: the aws-cdk-lib that wrote this page does not have it.
"""


def cdk_markdown() -> str:
    """The page: a table for each record."""
    import cdk_esm as esm  # noqa: PLC0415 - it starts Node
    from cdk_esm.constructs.intake.cdk_classes import OF_CDK, installed  # noqa: PLC0415 - likewise

    chosen = ours_by_default()
    parts = [_HEAD.format(version=installed())]
    for name in RECORDS:
        rows = [*rows_of(getattr(esm, name), OF_CDK[name], chosen[name])]
        parts.append(f"## {name}: {OF_CDK[name].written}\n\n{markdown_table(rows, ['property', 'answer', 'here'])}\n")
    return "\n".join(parts)


def rows_of(record: Any, of_cdk: OfCdk, chosen: set[str]) -> Iterator[dict[str, str]]:
    """A row for each property of CDK, and for each keyword of ours beside them."""
    taken, told = inspect.signature(record).parameters, _arguments(record)
    for name in of_cdk.properties:
        if name in of_cdk.declined:
            declined = of_cdk.declined[name]
            answer, here = "not taken", f"{declined.reason}: {declined.instead}"
        else:
            answer, here = "taken, ours by default" if name in chosen else "taken", told[name]
        yield {"property": f"`{name}`", "answer": answer, "here": here}
    for name in taken:
        if name not in of_cdk.properties:
            own = name in of_cdk.own or name in of_cdk.former
            yield {"property": f"`{name}`", "answer": "ours" if own else "too new", "here": told[name]}


def _arguments(record: Any) -> dict[str, str]:
    """What the docstring of a record says of each keyword, on one line."""
    doc = (inspect.getdoc(record) or "").partition("\nArgs:\n")[2]
    entries = re.split(r"^ {4}(?=\w+: )", doc, flags=re.MULTILINE)[1:]
    return {
        name: " ".join(text.split()).replace("``", "`") for name, _, text in (one.partition(": ") for one in entries)
    }


def ours_by_default() -> Mapping[str, set[str]]:
    """By record: the properties that a default bundle hands to CDK."""
    import aws_cdk as cdk  # noqa: PLC0415 - it starts Node
    from aws_cdk import aws_dynamodb as dynamodb  # noqa: PLC0415 - likewise

    import cdk_esm as esm  # noqa: PLC0415 - likewise
    from cdk_esm.constructs.intake.cdk_classes import OF_CDK  # noqa: PLC0415 - likewise

    key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    code = cdk.aws_lambda.Code.from_inline("def handler(event, context): ...")
    always: dict[str, Any] = {"function": esm.NewFunction(code=code, handler="index.handler")}
    given = {"code", "handler", "partition_key"}
    found: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as watched:
        stack = cdk.Stack(cdk.App(outdir=folder), "Defaults")
        for name in RECORDS:
            said = watched.enter_context(_handed_over(OF_CDK[name].constructors[0]))
            found[name] = said
        esm.SqsToLambda(stack, "Queue", **always)
        esm.KinesisToLambda(stack, "Stream", on_failure=esm.OnFailure.bucket(esm.NewBucket()), **always)
        esm.DynamoDbToLambda(stack, "Table", table=esm.NewTable(key), **always)
    return {name: one - given for name, one in found.items()}


@contextmanager
def _handed_over(cls: Any) -> Iterator[set[str]]:
    """The names of the properties that a class of CDK is made with."""
    names: set[str] = set()
    original = cls.__init__

    @functools.wraps(original)
    def noted(self: Any, *args: Any, **properties: Any) -> None:
        names.update(name for name, value in properties.items() if value is not None)
        original(self, *args, **properties)

    with patch.object(cls, "__init__", noted):
        yield names
