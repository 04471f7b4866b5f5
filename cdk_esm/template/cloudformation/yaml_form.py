"""YAML with CloudFormation's tags: ``!Ref``, ``!Sub``, ``!GetAtt`` and the others become what JSON would say."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.stack import DEEPEST

_WITHOUT_PREFIX: Final = ("Ref", "Condition")
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


def load_yaml(text: str, name: str) -> Any:
    """Load one YAML document.

    Raises:
        TemplateError: PyYAML is not installed; or the text is no YAML, holds a tag that nobody knows, or is nested too
            deeply.
    """
    try:
        yaml = importlib.import_module("yaml")
    except ImportError:
        raise TemplateError(
            f"{name}: reading YAML needs PyYAML: install cdk-esm[yaml], or convert the template to JSON"
        ) from None
    try:
        _refuse_depth(yaml, text, name)
        return yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise TemplateError(f"{name}: it is no YAML: {error.problem or 'unreadable'}{where}") from None
    except RecursionError:
        raise TemplateError(f"{name}: it is nested too deeply") from None
    except (yaml.YAMLError, ValueError, TypeError, OverflowError) as error:
        raise TemplateError(f"{name}: it is no YAML: {str(error).partition(chr(10))[0]}") from None


def _refuse_depth(yaml: Any, text: str, name: str) -> None:
    """Look at the depth first: composing a document is recursive, in C, where nothing catches it."""
    depth = 0
    for event in yaml.parse(text, Loader=_loader()):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise TemplateError(f"{name}: it is nested more than {DEEPEST} levels deep")


@lru_cache(maxsize=1)
def _loader() -> Any:
    """PyYAML's safe loader, which takes CloudFormation's tags, and leaves a date the text that it is."""
    yaml = importlib.import_module("yaml")
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("TemplateLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_multi_constructor("!", _tagged)
    return loader


def _tagged(loader: Any, suffix: str, node: Any) -> Any:
    """What is behind a tag, as CloudFormation's JSON says it."""
    name = suffix if suffix in _WITHOUT_PREFIX else f"Fn::{suffix}"
    if node.id == "scalar":
        value = loader.construct_scalar(node)
        return {name: str(value).split(".", 1) if suffix == "GetAtt" else value}
    construct = loader.construct_sequence if node.id == "sequence" else loader.construct_mapping
    return {name: construct(node, deep=True)}
