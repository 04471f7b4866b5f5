"""YAML with CloudFormation's tags: ``!Ref``, ``!Sub``, ``!GetAtt`` and the others become what JSON would say."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.stack import DEEPEST, MOST_DIGITS, MOST_NODES

_WITHOUT_PREFIX: Final = ("Ref", "Condition")
_INTEGER: Final = "tag:yaml.org,2002:int"
_MERGE: Final = "tag:yaml.org,2002:merge"
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


def load_yaml(text: str, name: str) -> Any:
    """Load one YAML document.

    Raises:
        TemplateError: PyYAML is not installed; or the text is no YAML, holds a tag that nobody knows, is nested too
            deeply, grows beyond all measure by merge keys, or holds a number with thousands of digits.
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
    except _BeyondMeasureError as error:
        raise TemplateError(f"{name}: {error}") from None
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
    loader: Any = type("TemplateLoader", (base,), {"flatten_mapping": _merged, "merged_pairs": 0})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_constructor(_INTEGER, _integer)
    loader.add_multi_constructor("!", _tagged)
    return loader


class _BeyondMeasureError(Exception):
    """A short text that grows to something far larger than itself."""


def _merged(loader: Any, node: Any) -> None:
    """Put the pairs of merge keys into an object, and count them before: each level may multiply those of the last."""
    for key, value in node.value:
        if key.tag == _MERGE:
            for merged in value.value if value.id == "sequence" else [value]:
                if merged.id == "mapping":
                    loader.flatten_mapping(merged)
                    loader.merged_pairs += len(merged.value)
                if loader.merged_pairs > MOST_NODES:
                    raise _BeyondMeasureError(f"its merge keys make more than {MOST_NODES} pairs")
    super(loader.__class__, loader).flatten_mapping(node)


def _integer(loader: Any, node: Any) -> int:
    """A whole number: PyYAML limits the digits of none but decimal ones, and takes hours for a long one of base 60."""
    if len(node.value) > MOST_DIGITS:
        raise _BeyondMeasureError("a number in it has thousands of digits")
    number: int = loader.construct_yaml_int(node)
    return number


def _tagged(loader: Any, suffix: str, node: Any) -> Any:
    """What is behind a tag, as CloudFormation's JSON says it."""
    name = suffix if suffix in _WITHOUT_PREFIX else f"Fn::{suffix}"
    if node.id == "scalar":
        value = loader.construct_scalar(node)
        return {name: str(value).split(".", 1) if suffix == "GetAtt" else value}
    construct = loader.construct_sequence if node.id == "sequence" else loader.construct_mapping
    return {name: construct(node, deep=True)}
