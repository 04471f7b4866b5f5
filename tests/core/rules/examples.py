"""The examples in a rule's docstring, and a way to run them."""

import doctest
import re
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

from cdk_esm import facts, plan
from cdk_esm.testing import plans

NAMES = (
    {name: value for module in (plans, facts) for name, value in vars(module).items() if not name.startswith("_")}
    | {name: getattr(plan, name) for name in plan.__all__}
    | {"replace": replace}
)


def examples(module: ModuleType, heading: str) -> str:
    """The part of a rule's docstring under ``Bad:`` or ``Good:``."""
    found = re.search(rf"^{heading}:\n((?:    .*\n|\n)+)", (module.__doc__ or "") + "\n", re.MULTILINE)
    assert found, f"{module.__name__}: the docstring has no {heading}: with an indented example"
    return found[1]


def run(module: ModuleType, heading: str, ids: Callable[..., list[str]]) -> tuple[doctest.DocTest, int]:
    """Run an example with a way to look for findings, and count what fails."""
    example = doctest.DocTestParser().get_doctest(
        examples(module, heading), {**NAMES, "ids": ids}, f"{module.RULE.id} {heading}", module.__file__, 0
    )
    return example, doctest.DocTestRunner(verbose=False).run(example).failed
