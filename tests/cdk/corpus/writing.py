"""How templates are written down: sorted, a line for what fits in one, and what is as in another variant only named."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from tests.cdk.corpus.variant import Templates

WIDTH: Final = 120
_SAME: Final = "as in "
_LIKE: Final = "AsIn"
_WITHOUT: Final = "Without"
_OPENED: Final = ("Properties", "Metadata")


def digest(templates: Templates) -> str:
    """The SHA-256 of templates in full, whatever the form in which they are written down."""
    return hashlib.sha256(_text(templates).encode()).hexdigest()


def rendered(value: Any, indent: str = "", before: int = 0) -> str:
    """JSON, sorted; a record or a list that does not fit into the line takes a line for each of its members."""
    line = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or before + len(line) < WIDTH:
        return line
    inner = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + rendered(one, inner, len(inner)) for one in value) + f"\n{indent}]"
    members = []
    for key in sorted(value):
        name = f"{inner}{json.dumps(key)}: "
        members.append(name + rendered(value[key], inner, len(name)))
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def condensed(templates: Templates, base: Templates, name: str) -> Templates:
    """The templates without what another variant has too: of a resource that is in both, what differs is left."""
    return {
        stack: {
            section: {key: _less(one, _at(base, stack, section, key), name) for key, one in entries.items()}
            for section, entries in template.items()
        }
        for stack, template in templates.items()
    }


def expanded(templates: Templates, base: Templates) -> Templates:
    """The templates in full again."""
    return {
        stack: {
            section: {key: _whole(one, _at(base, stack, section, key)) for key, one in entries.items()}
            for section, entries in template.items()
        }
        for stack, template in templates.items()
    }


def _text(value: Any) -> str:
    """A value as JSON has it, which tells 1 from true."""
    return json.dumps(value, sort_keys=True)


def _at(base: Templates, *path: str) -> Any:
    found: Any = base
    for key in path:
        found = found.get(key, {})
    return found


def _less(one: Any, base: Any, name: str) -> Any:
    if _text(one) == _text(base):
        return f"{_SAME}{name}"
    if not isinstance(base, dict) or "Type" not in base or base["Type"] != one["Type"]:
        return one
    new, old = _flat(one), _flat(base)
    left: dict[str, Any] = {_LIKE: name}
    for (outer, inner), value in new.items():
        if (outer, inner) not in old or _text(old[outer, inner]) != _text(value):
            _put(left, outer, inner, value)
    gone = sorted(".".join(place) for place in old.keys() - new.keys())
    return left | ({_WITHOUT: gone} if gone else {})


def _whole(one: Any, base: Any) -> Any:
    if isinstance(one, str) and one.startswith(_SAME):
        return base
    if not isinstance(one, dict) or _LIKE not in one:
        return one
    gone = one.get(_WITHOUT, [])
    found = {place: value for place, value in _flat(base).items() if ".".join(place) not in gone}
    found |= _flat({key: value for key, value in one.items() if key not in {_LIKE, _WITHOUT}})
    whole: dict[str, Any] = {}
    for (outer, inner), value in found.items():
        _put(whole, outer, inner, value)
    return whole


def _put(resource: dict[str, Any], outer: str, inner: str, value: Any) -> None:
    if inner:
        resource.setdefault(outer, {})[inner] = value
    else:
        resource[outer] = value


def _flat(resource: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """A resource by the places of its properties and metadata, and of what stands beside them."""
    found: dict[tuple[str, str], Any] = {}
    for outer, value in resource.items():
        if outer in _OPENED:
            found |= {(outer, inner): one for inner, one in value.items()}
        else:
            found[outer, ""] = value
    return found
