"""The defaults of parameters among a mapping's properties: which are values, and which are there to be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.sources import broker_settings
from cdk_esm.template.arn_places import OF_MAPPING, SECRET
from cdk_esm.template.cloudformation.values import Default, Evaluated, Hole

_BY_NAME: Final = {place.name: place for place in OF_MAPPING}


def without_placeholders(given: Mapping[str, Evaluated]) -> dict[str, Evaluated]:
    """The properties, with a hole for each parameter's default that no deployment can use.

    It is empty, or no ARN where an ARN belongs: it is there to be replaced.
    """
    found = {name: _replaced(value, name) for name, value in given.items()}
    access = found.get(broker_settings.ACCESS.name)
    if isinstance(access, list):
        found[broker_settings.ACCESS.name] = [_access_replaced(entry) for entry in access]
    return found


def _replaced(value: Evaluated, name: str) -> Evaluated:
    if isinstance(value, dict):
        return {key: _replaced(member, f"{name}.{key}") for key, member in value.items()}
    place = _BY_NAME.get(name)
    if isinstance(value, Default) and (not value or (place is not None and not place.admits(value))):
        return Hole(value.subject)
    return value


def _access_replaced(entry: Evaluated) -> Evaluated:
    if not isinstance(entry, dict) or not isinstance(entry.get("URI"), Default):
        return entry
    uri, is_secret = entry["URI"], entry.get("Type") in broker_settings.SECRET_TYPES
    return {**entry, "URI": Hole(uri.subject)} if not uri or (is_secret and not SECRET.admits(uri)) else entry
