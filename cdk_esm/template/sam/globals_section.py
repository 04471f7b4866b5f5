"""The Globals section: what it gives to a resource that does not say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.sources.sam_events import GLOBALS, OTHER_SECTIONS_OF_GLOBALS, REPLACED_AS_A_WHOLE
from cdk_esm.template.sam.made import Made, instead_of, is_function, record

_DEEPEST: Final = 50
"""Levels of records that are merged; no property of SAM's is nested as deep."""


def with_globals(document: Mapping[str, Any], kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of a serverless resource, with what Globals gives to all of its kind.

    Args:
        document: the source.
        kind: the section of Globals, such as ``Function``.
        body: the resource, as it was written.
    """
    own = record(body.get("Properties"))
    ignored = body.get("IgnoreGlobals")
    given = record(record(document.get("Globals")).get(kind))
    supported = GLOBALS.get(kind, ())
    everything = ignored == "*"
    some = ignored if isinstance(ignored, list) else ()
    shared = {name: given[name] for name in given if name in supported and not everything and name not in some}
    merged = dict(shared)
    for name, value in own.items():
        if name in shared and name not in REPLACED_AS_A_WHOLE:
            merged[name] = _merged(shared[name], value, 0)
        else:
            merged[name] = value
    return merged


def _merged(shared: Any, own: Any, depth: int) -> Any:
    """Records member by member and lists one behind the other; a function counts as a value, and the own one wins."""
    if isinstance(shared, list) and isinstance(own, list):
        return [*shared, *own]
    both = isinstance(shared, dict) and isinstance(own, dict)
    if not both or is_function(shared) or is_function(own) or depth >= _DEEPEST:
        return own
    found = dict(shared)
    for name, value in own.items():
        found[name] = _merged(shared[name], value, depth + 1) if name in shared else value
    return found


def check_globals(document: Mapping[str, Any], made: Made) -> None:
    """Note what Globals does not take, such as a role or events: SAM refuses the whole source for it."""
    section = document.get("Globals")
    if section is None:
        return
    if not isinstance(section, dict) or by_a_function(section):
        reason = "Globals is no object of properties, so nobody can tell what functions get from it"
        made.refuse(None, "Globals", reason, "write its sections out")
        return
    for kind in section:
        if kind not in GLOBALS and kind not in OTHER_SECTIONS_OF_GLOBALS:
            sections = (*GLOBALS, *OTHER_SECTIONS_OF_GLOBALS)
            made.refuse(None, f"Globals/{kind}", "SAM has no such section in Globals", instead_of(kind, sections))
    for kind, supported in GLOBALS.items():
        given = section.get(kind)
        if given is not None and (not isinstance(given, dict) or by_a_function(given)):
            made.refuse(None, f"Globals/{kind}", "it is no object of properties", "write its properties out")
            continue
        for name in record(given):
            if name not in supported:
                reason = f"SAM takes no {name} in Globals"
                made.refuse(None, f"Globals/{kind}/{name}", reason, "write it in each resource of that kind")


def by_a_function(value: Mapping[str, Any]) -> bool:
    """Whether a function or a macro makes what should be a record."""
    return is_function(value) or "Fn::Transform" in value
