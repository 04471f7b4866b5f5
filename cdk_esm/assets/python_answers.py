"""What a Python handler surely answers, read from its text as ``python_names`` reads it: nothing runs."""

from __future__ import annotations

from cdk_esm.assets.answer_reports import Reports
from cdk_esm.assets.answer_swallows import swallowed
from cdk_esm.assets.handler_scope import scope_of
from cdk_esm.plan import Answers
from cdk_esm.sources.lambda_function import INLINE_MODULE


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


def inline_answers(source: object, runtime: object, handler: object) -> Answers | None:
    """Read what a handler answers whose code is in the template.

    Args:
        source: the code.
        runtime: the name of the runtime; of any but Python nothing is known.
        handler: the handler as configured.

    Returns:
        What is certain; ``None`` if nothing is, or if one of them is no text that is known.
    """
    if not (isinstance(source, str) and isinstance(runtime, str) and isinstance(handler, str)):
        return None
    module, _, function = handler.rpartition(".")
    if not runtime.startswith("python") or module != INLINE_MODULE:
        return None
    return answers_of(function, source.encode(errors="replace"), f"{INLINE_MODULE}.py")
