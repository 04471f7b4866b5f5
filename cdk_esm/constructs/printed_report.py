"""The printed report of an app: what was built, mapping by mapping."""

from __future__ import annotations

from constructs import IConstruct

from cdk_esm.constructs.app.app_memory import memory_of
from cdk_esm.constructs.intake.keywords import described
from cdk_esm.errors import EsmError
from cdk_esm.report.summary import summary as told_of

_NOTHING = "no mapping of cdk_esm is in {place}"


def summary(app: IConstruct) -> str:
    """Say what was built: per mapping the source, the function, how it batches, where failures go, and who is told.

    It has a paragraph for each construct of this library, in the order in which they were made, with what the rules
    found. Nothing is changed, and the app need not be synthesized. Findings of the whole app, such as two mappings on
    one queue, are in the report of the synthesis.

    Args:
        app: the app, or a stage, a stack or any construct: what is below it is told.

    Returns:
        The text, made to be printed; it says so if there is nothing.

    Raises:
        EsmError: the value is no construct.
    """
    node = getattr(app, "node", None)
    if node is None or not hasattr(node, "root"):
        message = f"summary takes an app, a stage, a stack or a construct, got {described(app)}"
        raise EsmError(message)
    path: str = node.path
    bundles = memory_of(node.root).bundles
    below = [made for name, made in bundles.items() if not path or name == path or name.startswith(f"{path}/")]
    return told_of(below) or _NOTHING.format(place=path or "the app")
