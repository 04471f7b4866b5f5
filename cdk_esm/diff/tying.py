"""Which mapping of a template a deployed one is: the only one whose source and function fit, and that fits no other.

A template has no UUID, and the list no logical id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.fitting import Fit, Names, keys_of
from cdk_esm.diff.inputs import MappingHere, Side


@dataclass
class Ties:
    """Which is which.

    Args:
        tied: pairs of a template's mapping and the deployed one.
        foreign: deployed ones that no template has.
        open: deployed ones of which nobody can tell, with the mappings that they may be.
        missing: mappings of a template that are certainly not among the deployed ones.
    """

    tied: list[tuple[MappingHere, Deployed]] = field(default_factory=list)
    foreign: list[Deployed] = field(default_factory=list)
    open: list[tuple[Deployed, list[MappingHere]]] = field(default_factory=list)
    missing: list[MappingHere] = field(default_factory=list)


def tie(old: Side, new: Side, deployed: Iterable[Deployed]) -> Ties:
    """Say which deployed mapping is which of the old side.

    Args:
        old: the side that is deployed.
        new: the other one, which may know the names of the stacks.
        deployed: the list.
    """
    stacks = {stack.name: stack.stack_name for stack in new.stacks}
    fitting = {name: Names(old, mapping, stacks) for name, mapping in old.mappings.items()}
    left = {live.uuid: live for live in deployed}
    by_key: dict[str | None, list[str]] = {}
    for name, one in fitting.items():
        for key in one.keys or (None,):
            by_key.setdefault(key, []).append(name)
    fits: list[tuple[str, str, Fit]] = []
    for live in left.values():
        candidates = dict.fromkeys(name for key in (*sorted(keys_of(live)), None) for name in by_key.get(key, ()))
        found = [(name, live.uuid, fitting[name].fit(live)) for name in candidates]
        fits += [each for each in found if each[2] is not Fit.NO]
    ties = Ties()
    for least in (Fit.YES, Fit.LIKELY):
        pairs = [(name, uuid) for name, uuid, fit in fits if fit >= least and name in fitting and uuid in left]
        of_name, of_uuid = Counter(name for name, _ in pairs), Counter(uuid for _, uuid in pairs)
        for name, uuid in pairs:
            if of_name[name] == of_uuid[uuid] == 1:
                ties.tied.append((fitting.pop(name).mapping, left.pop(uuid)))
    may_be: dict[str, list[MappingHere]] = {}
    open_names = set()
    for name, uuid, _ in fits:
        if name in fitting and uuid in left:
            may_be.setdefault(uuid, []).append(fitting[name].mapping)
            open_names.add(name)
    ties.open = [(left[uuid], mappings) for uuid, mappings in may_be.items()]
    ties.foreign = [live for uuid, live in left.items() if uuid not in may_be]
    ties.missing = [one.mapping for name, one in fitting.items() if name not in open_names]
    return ties
