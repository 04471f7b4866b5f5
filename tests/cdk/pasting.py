"""What a fix at the construct door asks to write, applied to the keywords of a call."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm

NAMES: Final[Mapping[str, Any]] = {
    "esm": esm,
    "cdk": cdk,
    "Duration": Duration,
    "event_sources": event_sources,
    "lambda_": lambda_,
    "sqs": sqs,
    "sns": sns,
    "s3": s3,
    "kms": kms,
    "logs": logs,
    "ec2": ec2,
    "iam": iam,
    "kinesis": kinesis,
    "dynamodb": dynamodb,
}
_IMPORTS: Final = re.compile(r" \((?:from|import) [^()]*\)$")
_WRITTEN: Final = re.compile(r"\b([a-z][a-z_0-9]*)=(?!=)")
_LEFT_OUT: Final = re.compile(r"\b(?:remove|leave out|drop) ([a-z][a-z_0-9]*)\b|\bleave ([a-z][a-z_0-9]*) out\b")


def pasted(fix: str, setting: str, keywords: Mapping[str, Any], stack: cdk.Stack) -> Iterator[dict[str, Any]]:
    """The keywords after each way that a fix offers in code, in its order.

    Args:
        fix: the fix.
        setting: what the finding is about: a misspelt keyword is renamed or left out by its name.
        keywords: the keywords as they were given.
        stack: where what a fix makes is put.
    """
    code = _IMPORTS.sub("", fix)
    if setting in keywords:
        others = {name: value for name, value in keywords.items() if name != setting}
        meant = re.match(r"did you mean ([a-z][a-z_]*)\?", code)
        if meant is not None and meant[1] not in others:
            yield {**others, meant[1]: keywords[setting]}
        if code == "leave it out":
            yield others
    for found in _WRITTEN.finditer(code):
        value = _longest(code[found.end() :])
        if value is not None:
            yield from _with(keywords, found[1], value, stack)
    for found in _LEFT_OUT.finditer(code):
        name = found[1] or found[2]
        if name in keywords:
            yield {one: value for one, value in keywords.items() if one != name}


def _longest(text: str) -> str | None:
    """The longest beginning of a text that is one Python expression."""
    for end in sorted({found.start() for found in re.finditer(r"[\s,;]|$", text)}, reverse=True):
        try:
            parsed = ast.parse(text[:end], mode="eval")
        except (SyntaxError, ValueError):
            continue
        left_open = any(isinstance(one, ast.Constant) and one.value is ... for one in ast.walk(parsed))
        if not left_open and not isinstance(parsed.body, ast.Tuple | ast.BoolOp | ast.Compare):
            return text[:end]
    return None


def _with(keywords: Mapping[str, Any], name: str, value: str, stack: cdk.Stack) -> Iterator[dict[str, Any]]:
    try:
        # A fix calls a queue of the user's so.
        own = {"queue": sqs.Queue(stack, f"Own{name}")} if value == "queue" else {}
        made = eval(value, {**NAMES, **own, "self": stack})  # noqa: S307 - it is our own words
    except (NameError, TypeError, RuntimeError, esm.EsmError):
        return
    here = name in keywords  # a function has retries of its own, and so has a stream
    records = [] if here else [one for one, held in keywords.items() if is_dataclass(held) and hasattr(held, name)]
    for one in records:
        yield {**keywords, one: replace(keywords[one], **{name: made})}
    if not records:
        yield {**keywords, name: made}
