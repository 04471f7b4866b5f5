"""A rule's examples as a reader can use them: the Python with what it imports and the function that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.rules.explain import RuleText, Shown

FUNCTION: Final = 'function = esm.NewFunction(code="handlers/orders", handler="app.handler")'
"""What ``function`` is in an example that does not say it: a function with nothing but defaults."""

_CLASSES: Final = ("CfnParameter", "Duration", "Environment", "Stack")
_SERVICES: Final = {
    **{name: name for name in ("amazonmq", "docdb", "dynamodb", "ec2", "ecr_assets", "iam", "kinesis", "kms", "msk")},
    **{name: name for name in ("s3", "secretsmanager", "sns", "sqs")},
    "event_sources": "lambda_event_sources",
    "lambda_": "lambda",
    "subscriptions": "sns_subscriptions",
}
_OURS: Final = "import cdk_esm as esm"
_USED: Final = re.compile(rf"(?<![\w.\"'])({'|'.join([*_CLASSES, *_SERVICES, 'esm'])})\b(?=[.(])")
_NAMES_FUNCTION: Final = re.compile(r"(?<![\w.\"'])function\b(?!\s*=|\w)")
_MAKES_FUNCTION: Final = re.compile(r"^function = ", re.MULTILINE)


def whole(code: str) -> str:
    """Python as a user writes it in a stack: its imports, the function that it is about, and the code itself."""
    asks = _NAMES_FUNCTION.search(code) and not _MAKES_FUNCTION.search(code)
    code = f"{FUNCTION}\n{code}" if asks else code
    return f"{imports(code)}\n\n{code}"


def imports(code: str) -> str:
    """The imports that the code needs, one on a line: CDK's own first, then ours."""
    used = set(_USED.findall(code))
    classes = [name for name in _CLASSES if name in used]
    lines = [f"from aws_cdk import {', '.join(classes)}"] if classes else []
    lines += [f"from aws_cdk import aws_{whole} as {name}" for name, whole in sorted(_SERVICES.items()) if name in used]
    ours = [_OURS] if "esm" in used else []
    return "\n".join([*lines, *([""] if lines and ours else []), *ours])


def sides(text: RuleText) -> Iterator[tuple[str, str, str, str]]:
    """The examples of a rule: bad or good, what it is written in, the name of the language, and the code."""
    for side in ("bad", "good"):
        if text.template.bad:
            yield side, "in a template", "yaml", getattr(text.template, side)
        if text.python.bad:
            yield side, "with CDK, in a stack", "python", whole(getattr(text.python, side))


def left_out(text: RuleText) -> Iterator[str]:
    """Why an example is missing, in a sentence."""
    for shown, where in ((text.template, "a template"), (text.python, "Python")):
        if shown.none:
            yield f"There is no example in {where}: {_reason(shown)}."


def _reason(shown: Shown) -> str:
    return shown.none.rstrip(".")
