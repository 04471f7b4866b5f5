"""What Lambda does not change on a mapping that is there, or refuses to change, and CloudFormation does not replace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, Change, Place
from cdk_esm.diff.groups import GROUPS, keeping
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.sources import comparable, has_hole
from cdk_esm.facts import Setting, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.mq_settings import DEFAULT_HOST, VIRTUAL_HOST

_HOST: Final = f"{ACCESS.name} {VIRTUAL_HOST}"


def staying(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Settings of a mapping that keep their old value, whatever the new template says."""
    for setting in _fixed(new):
        before, after = old.setting(setting.name), new.setting(setting.name)
        if not hidden(before) and not hidden(after) and before != after:
            evidence = kinds.REPORTED_ONCE if setting.fixed_is_reported else None
            fix = keeping(before) if setting.name in GROUPS else None
            yield _staying(place, setting.name, before, after, evidence, fix)
    hosts = _virtual_host(old), _virtual_host(new)
    if None not in hosts and hosts[0] != hosts[1]:
        yield _staying(place, _HOST, *hosts, kinds.UPDATE_REFUSED.evidence if names_host(new) else None)


def refused(old: Side, new: Side, before: MappingHere, after: MappingHere) -> Iterator[Change]:
    """Whether the mapping is updated at all, although it names a virtual host, which no update can name.

    A mapping that is replaced is made anew, and CreateEventSourceMapping takes a virtual host.
    """
    if not any(names_host(plan) for plan in after.plans):
        return
    changed = dict(_changed(old, new, before, after))
    create_only = {setting.name for plan in after.plans for setting in plan.facts.settings if setting.create_only}
    only_the_host = set(changed) == {ACCESS.name} and any(True for _ in _other_hosts(before, after))
    if not changed or create_only & set(changed) or only_the_host:
        return
    certain = [name for name, open_ in changed.items() if not open_]
    names = " and ".join(certain or changed)
    changes = "may change" if not certain else "changes" if len(certain) == 1 else "change"
    yield kinds.UPDATE_REFUSED.change(
        after.place,
        f"{names} {changes}, and the mapping names a virtual host",
        setting=(certain or list(changed))[0],
        severity=None if certain else ADVICE,
    )


def tops(plan: MappingPlan, quality: str) -> Iterator[Setting]:
    """The settings that have a quality, without those that are part of another of them."""
    found = [setting for setting in plan.facts.settings if getattr(setting, quality)]
    names = [setting.name for setting in found]
    return (one for one in found if not any(one.name.startswith(f"{name}.") for name in names))


def hidden(value: Any) -> bool:
    """Whether only the deployment knows a value, or a part of it."""
    if isinstance(value, dict | list | tuple):
        return any(hidden(member) for member in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, Unknowable)


def said(value: Any) -> str:
    """A value in words."""
    if value is None or value in ([], ()):
        return "none"
    if isinstance(value, dict):
        return json.dumps(value, default=str)
    return ", ".join(map(said, value)) if isinstance(value, list | tuple) else str(value)


def names_host(plan: MappingPlan) -> bool:
    """Whether the mapping names a virtual host, be it the default one."""
    return bool(_hosts(plan.given(ACCESS.name)))


def _fixed(plan: MappingPlan) -> Iterator[Setting]:
    yield from tops(plan, "fixed")
    yield from tops(plan, "fixed_is_reported")


def _staying(  # noqa: PLR0917 - the parts of a change
    place: Place, name: str, before: Any, after: Any, evidence: str | None, fix: str | None = None
) -> Change:
    message = f"{name}: {said(before)} becomes {said(after)} in the template only"
    return kinds.SETTING_STAYS.change(
        place, message, setting=name, before=before, after=after, evidence=evidence, fix=fix
    )


def _changed(old: Side, new: Side, before: MappingHere, after: MappingHere) -> Iterator[tuple[str, bool]]:
    """Properties of the mapping that change, and whether only the deployment knows that they do."""
    one, other = before.resource, after.resource
    for name in dict.fromkeys((*one.properties, *other.properties)):
        values = old.evaluator(one).property(one, name), new.evaluator(other).property(other, name)
        if comparable(values[0]) != comparable(values[1]):
            yield name, any(map(has_hole, values))


def _other_hosts(before: MappingHere, after: MappingHere) -> Iterator[tuple[str | None, str | None]]:
    """Pairs of virtual hosts that certainly differ."""
    for old in before.plans:
        for new in after.plans:
            hosts = _virtual_host(old), _virtual_host(new)
            if None not in hosts and hosts[0] != hosts[1]:
                yield hosts


def _virtual_host(plan: MappingPlan) -> str | None:
    """The virtual host of a broker: the default one if none is named, ``None`` if only the deployment knows."""
    entries = plan.given(ACCESS.name)
    hosts = _hosts(entries)
    if not hosts and not hidden(entries):
        return DEFAULT_HOST
    return hosts[0] if len(hosts) == 1 and isinstance(hosts[0], str) else None


def _hosts(entries: Any) -> list[Any]:
    listed = entries if isinstance(entries, list) else ()
    return [one.get("URI") for one in listed if isinstance(one, Mapping) and one.get("Type") == VIRTUAL_HOST]
