"""Both doors on one configuration: what the construct found, and what is found in the template that it would be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, REGION
from tests.cdk.doors.unguarded import open_the_door

Found = dict[str, frozenset[str]]
"""Rule ids: ``open`` ones, and ``acknowledged`` ones."""

NOT_IN_A_TEMPLATE: Final[Mapping[str, str]] = {
    "ESM001": "a Python value of the wrong type: the template never sees it",
    "ESM002": "a keyword that there is not: no setting comes of it",
    "ESM003": "a keyword that is missing: there is no mapping yet",
    "ESM004": "an acknowledgement that names no rule: the call's affair",
    "ESM005": "a consent without a reason: the call's affair",
    "ESM006": "code that is not on the disk: a template carries an asset's hash",
    "ESM212": "the construct's kind against the queue's: a template has no construct, its queue says what it is",
    "ESM214": "what the code holds: a template carries an asset's hash",
    "ESM215": "likewise",
    "ESM255": "likewise",
    "ESM256": "likewise",
    **dict.fromkeys(("ESM260", "ESM261", "ESM262", "ESM263"), "likewise, unless the code is in the template"),
    "ESM401": "the construct says that it could attach no policy; of a role elsewhere a template says nothing",
    "ESM407": "the construct says that it could change no key's policy; of a key elsewhere a template says nothing",
}
"""Rules that only the construct door can break, and why."""


@dataclass
class Both:
    """What each door found, case by case; ``bare`` is the template door without our constructs' metadata."""

    construct: dict[str, Found] = field(default_factory=dict)
    template: dict[str, Found] = field(default_factory=dict)
    bare: dict[str, Found] = field(default_factory=dict)


def found(findings: Any) -> Found:
    """The ids of findings, apart by whether somebody consented."""
    every = list(findings)
    return {
        "open": frozenset(one.rule.id for one in every if one.acknowledged is None),
        "acknowledged": frozenset(one.rule.id for one in every if one.acknowledged is not None),
    }


Build = Callable[[cdk.Stack, Path, str], Any]


@contextmanager
def unguarded() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        open_the_door(patch)
        yield


def both_doors(cases: Mapping[str, tuple[bool, Build]], folder: Path, code: str) -> Both:
    """Build every case without a guard, in a stack of its own, synthesize them together, and read the assembly.

    Args:
        cases: sentence to whether the stack is bound to an account and a Region, and what builds the bundle.
        folder: where the assembly and the files of the cases go.
        code: the folder of a handler.
    """
    out = str(folder / "cdk.out")
    app = cdk.App(outdir=out, context={"@aws-cdk/core:failSynthOnValidationErrors": False})
    both = Both()
    names: dict[str, str] = {}
    with unguarded():
        for place, (sentence, (bound, build)) in enumerate(cases.items()):
            env = cdk.Environment(account=ACCOUNT, region=REGION) if bound else None
            own = folder / f"case{place}"
            own.mkdir()
            stack = cdk.Stack(app, f"Case{place}", env=env)
            both.construct[sentence] = found(build(stack, own, code).findings)
            names[f"Case{place}"] = sentence
    app.synth()
    both.template = _read(out, names)
    _strip_metadata(out)
    both.bare = _read(out, names)
    return both


def _read(assembly: str, names: Mapping[str, str]) -> dict[str, Found]:
    """What the template door finds, case by case: what is not found in a case of its own is about no other."""
    plans: dict[str, list[esm.MappingPlan]] = {sentence: [] for sentence in names.values()}
    for plan in esm.read_assembly(assembly):
        plans[names[plan.path.partition("/")[0]]].append(plan)
    return {sentence: found(esm.check(own)) for sentence, own in plans.items()}


def _strip_metadata(assembly: str) -> None:
    for file in Path(assembly).glob("*.template.json"):
        template = json.loads(file.read_text(encoding="utf-8"))
        for resource in template.get("Resources", {}).values():
            resource.get("Metadata", {}).pop("cdk-esm", None)
        file.write_text(json.dumps(template), encoding="utf-8")
