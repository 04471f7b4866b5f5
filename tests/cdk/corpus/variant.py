"""What a variant of the corpus is, how the tables write one, and what it becomes: the templates of its app."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any, Final

import aws_cdk as cdk

import cdk_esm as esm
from sample_app.context import read_context
from tests.cdk.corpus.bench import ACCOUNT, REGION, Bench
from tests.cdk.templates import ASSET_HASH, quiet_app, reviewable

Construct = type[
    esm.SqsToLambda
    | esm.SqsFifoToLambda
    | esm.KinesisToLambda
    | esm.DynamoDbToLambda
    | esm.ActiveMqToLambda
    | esm.RabbitMqToLambda
    | esm.DocumentDbToLambda
    | esm.MskToLambda
    | esm.SelfManagedKafkaToLambda
]
Templates = dict[str, dict[str, Any]]

STACK: Final = "Shop"
_NESTED: Final = ".nested.template.json"
ID: Final[Mapping[Construct, str]] = {
    esm.SqsToLambda: "Orders",
    esm.SqsFifoToLambda: "Orders",
    esm.KinesisToLambda: "Clicks",
    esm.DynamoDbToLambda: "Products",
    esm.ActiveMqToLambda: "Orders",
    esm.RabbitMqToLambda: "Orders",
    esm.DocumentDbToLambda: "Reviews",
    esm.MskToLambda: "Feed",
    esm.SelfManagedKafkaToLambda: "Feed",
}


@dataclass(frozen=True)
class Variant:
    """One configuration, whose templates are kept.

    Args:
        name: the folder and the file that keep them.
        construct: the construct.
        keywords: its keywords; one that is a function is called with the bench.
        beside: makes what else the app has, after the construct.
        before: prepares the app, before anything is made.
        bound: the stack is bound to an account and a Region.
        flags: with the feature flags of a new CDK app, instead of with none.
        like: the variant that it is written down as a difference to.
    """

    name: str
    construct: Construct
    keywords: Mapping[str, Any]
    beside: Callable[[Bench], object] | None = None
    before: Callable[[Bench], object] | None = None
    bound: bool = False
    flags: bool = False
    like: str = ""


@dataclass(frozen=True)
class Made:
    """What became of a variant.

    Args:
        templates: its app's templates by stack, as they are reviewed.
        keywords: the keywords, with what they name made.
        alarms: the keys of the alarms of its construct.
    """

    templates: Templates
    keywords: Mapping[str, Any]
    alarms: frozenset[str]


@dataclass
class Table:
    """The variants of one construct, in the order in which they are written."""

    folder: str
    construct: Construct
    always: Mapping[str, Any] = field(default_factory=dict)
    variants: list[Variant] = field(default_factory=list)

    def add(
        self,
        name: str,
        *,
        beside: Callable[[Bench], object] | None = None,
        before: Callable[[Bench], object] | None = None,
        bound: bool = False,
        flags: bool = False,
        like: str = "defaults",
        **keywords: Any,
    ) -> None:
        """Add a variant."""
        self.variants.append(
            Variant(
                f"{self.folder}/{name}",
                self.construct,
                {**self.always, **keywords},
                beside,
                before,
                bound,
                flags,
                "" if like == name else f"{self.folder}/{like}",
            )
        )


def build(variant: Variant, code: Path, outdir: Path) -> Made:
    """Build a variant in an app of its own."""
    app = quiet_app(outdir, read_context() if variant.flags else {})
    env = cdk.Environment(account=ACCOUNT, region=REGION) if variant.bound else None
    bench = Bench(cdk.Stack(app, STACK, env=env), code)
    if variant.before is not None:
        variant.before(bench)
    keywords = {name: one(bench) if isinstance(one, FunctionType) else one for name, one in variant.keywords.items()}
    keywords = {"function": bench.function(), **keywords}
    bundle = variant.construct(bench.stack, ID[variant.construct], **keywords)
    if variant.beside is not None:
        variant.beside(bench)
    templates = {one.stack_name: _filled(one.template) for one in app.synth().stacks}
    return Made({**templates, **_nested(outdir)}, keywords, frozenset(bundle.alarms))


def _nested(outdir: Path) -> Templates:
    """The templates of nested stacks by the names of their files; CDK adds to them nothing that it adds to others."""
    found = sorted(outdir.glob(f"*{_NESTED}"))
    return {one.name.removesuffix(_NESTED): json.loads(ASSET_HASH.sub("<asset>", one.read_text())) for one in found}


def _filled(template: Any) -> dict[str, Any]:
    """A template as it is kept, without empty sections."""
    return {section: entries for section, entries in reviewable(template).items() if entries}
