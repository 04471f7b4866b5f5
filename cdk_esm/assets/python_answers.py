"""What a Python handler surely answers, read from its text as ``python_names`` reads it: nothing runs."""

from __future__ import annotations

from cdk_esm.assets.answer_reports import Reports
from cdk_esm.assets.answer_swallows import swallowed
from cdk_esm.assets.handler_scope import scope_of
from cdk_esm.assets.python_names import bound_names, look_for, parsed
from cdk_esm.plan import Answers, Code
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


def read_inline(source: object, runtime: object, handler: object) -> Code | None:
    """Read a Python module that is in the template.

    Args:
        source: the code.
        runtime: the name of the runtime; of any but Python nothing is known.
        handler: the handler as configured.

    Returns:
        What is certain; ``None`` if one of them is no text that is known, or if there is no such module.
    """
    if not (isinstance(source, str) and isinstance(runtime, str) and isinstance(handler, str)):
        return None
    named, _, function = handler.rpartition(".")
    if not runtime.startswith("python") or named != INLINE_MODULE:
        return None
    file, module = f"{INLINE_MODULE}.py", source.encode(errors="replace")
    if _defines_nothing(module):
        return None
    names = look_for(function, module)
    answers = answers_of(function, module, file) if names.defined is True else None
    return Code(path=file, exists=True, function_found=names.defined, close_names=names.close, answers=answers)


def _defines_nothing(module: bytes) -> bool:
    """Whether it is a placeholder, such as ``pass``: the code itself is deployed later, by something else."""
    tree = parsed(module)
    return tree is not None and not any(True for _ in bound_names(tree))
