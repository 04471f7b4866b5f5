"""Which stack of the new side is which of the old side: by the name that CloudFormation knows it by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.stack import Stack

GONE: Final = "gone"
_SUFFIXES: Final = (".json", ".yaml", ".yml", ".template")


def chosen_pairs(given: Sequence[str] | None) -> dict[str, str | None]:
    """Read what ``--stack`` was given: ``OLD=NEW``, or ``OLD=gone`` for a stack that is to be deleted.

    Raises:
        TemplateError: a text has another form, or names an old stack twice.
    """
    chosen: dict[str, str | None] = {}
    for entry in given or ():
        old, sign, new = entry.partition("=")
        if not (old.strip() and sign and new.strip()):
            raise TemplateError(
                f"--stack {entry}: say which old stack is which new one, as in --stack OLD=NEW or OLD=gone"
            )
        if old in chosen:
            raise TemplateError(f"--stack {entry}: {old} is named twice")
        chosen[old] = None if new == GONE else new
    return chosen


def pair(old: Sequence[Stack], new: Sequence[Stack], chosen: Mapping[str, str | None]) -> list[Stack]:
    """Give each old stack the name of the new stack that it is.

    Stacks are the same if CloudFormation's name of both is the same; then if the ids of their artifacts are; then if
    their files are called alike. One template on each side is a pair, whatever the files are called, unless both sides
    say different names of the stack.

    Args:
        old: the old stacks that are deployed by themselves.
        new: the new ones, likewise.
        chosen: an old name to the new name that the user says, or ``None`` for a stack that is gone.

    Returns:
        The old stacks that are no new stack; those that are said to be gone are among them.

    Raises:
        TemplateError: a chosen name is of no stack, or no stack at all has a partner.
    """
    pairs = _said(old, new, chosen)
    gone = [stack for stack in old if any(chosen.get(name, "") is None for name in names_of(stack))]
    _pair_by_name([one for one in old if one not in gone], new, pairs)
    left = [stack for stack in old if stack not in pairs and stack not in gone]
    free = [stack for stack in new if stack not in pairs.values()]
    if len(old) == len(new) == len(left) == len(free) == 1 and not _named_differently(left[0], free[0]):
        pairs[left.pop()] = free[0]
    if old and new and not pairs and len(gone) < len(old):
        raise TemplateError(
            f"no stack of the old side is one of the new side: the old ones are {_listed(old)}, the new ones "
            f"{_listed(new)}; name the pairs with --stack OLD=NEW, or --stack OLD=gone"
        )
    for one, other in pairs.items():
        one.name = other.name
    return left + gone


def names_of(stack: Stack) -> list[str]:
    """What a stack goes by, the surest first: its stack name, its artifact, and its file."""
    file = without_suffixes(Path(stack.file or stack.name).name)
    names = (stack.stack_name, stack.name, stack.name.rpartition("/")[2], file)
    return list(dict.fromkeys(name for name in names if name is not None))


def without_suffixes(name: str) -> str:
    """The name of a file without what tells its form."""
    for suffix in (*_SUFFIXES, *_SUFFIXES):
        name = name.removesuffix(suffix)
    return name


def _said(old: Sequence[Stack], new: Sequence[Stack], chosen: Mapping[str, str | None]) -> dict[Stack, Stack]:
    """The pairs that the user names."""
    pairs: dict[Stack, Stack] = {}
    for name, other in chosen.items():
        one = _called(name, old, "old")
        if other is not None:
            pairs[one] = _called(other, new, "new")
    return pairs


def _called(name: str, stacks: Sequence[Stack], side: str) -> Stack:
    found = [stack for stack in stacks if name in names_of(stack)]
    if len(found) != 1:
        what = "there is no such stack" if not found else "several stacks are called so"
        raise TemplateError(f"--stack: {what} on the {side} side: {name}; the {side} ones are {_listed(stacks)}")
    return found[0]


def _pair_by_name(old: Sequence[Stack], new: Sequence[Stack], pairs: dict[Stack, Stack]) -> None:
    """Add the pairs of one name, the surest names first; a name of several stacks tells nothing."""
    most = max((len(names_of(stack)) for stack in (*old, *new)), default=0)
    for first, second in sorted(product(range(most), repeat=2), key=lambda ranks: (sum(ranks), ranks)):
        before = _by_name([one for one in old if one not in pairs], first)
        taken = set(pairs.values())
        after = _by_name([one for one in new if one not in taken], second)
        for name, stacks in before.items():
            others = after.get(name, [])
            if len(stacks) == len(others) == 1:
                pairs[stacks[0]] = others[0]


def _by_name(stacks: Sequence[Stack], rank: int) -> dict[str, list[Stack]]:
    found: dict[str, list[Stack]] = {}
    for stack in stacks:
        names = names_of(stack)
        if rank < len(names):
            found.setdefault(names[rank], []).append(stack)
    return found


def _named_differently(one: Stack, other: Stack) -> bool:
    """Whether both sides know the name that the stack is deployed under."""
    return one.stack_name is not None and other.stack_name is not None


def _listed(stacks: Sequence[Stack]) -> str:
    return ", ".join(sorted(names_of(stack)[0] for stack in stacks)) or "none"
