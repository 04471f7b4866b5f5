"""What a Python handler surely answers, read from its text as ``python_names`` reads it: nothing runs."""

from __future__ import annotations

from cdk_esm.assets.answer_reports import Reports
from cdk_esm.assets.answer_swallows import swallowed
from cdk_esm.assets.handler_scope import scope_of
from cdk_esm.plan import Answers


def answers_of(function: str, source: bytes, file: str) -> Answers | None:
    """Read what a handler answers.

    Args:
        function: its name.
        source: of its module.
        file: the module's file, for messages.

    Returns:
        What is certain; ``None`` if the handler is not a plain function of the module, or if something is around it.
    """
    scope = scope_of(function, source)
    if scope is None:
        return None
    reports = Reports(scope)
    return Answers(
        file=file,
        swallows=swallowed(scope, reports),
        reports=reports.line,
        misshapen=tuple(reports.misshapen),
        named_by=tuple(reports.named_by),
    )
