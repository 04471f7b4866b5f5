"""Keywords become a plan before anything is made: the same way for every construct, with what its source adds to it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeAlias, TypeVar

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.alarms.select import select
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.common_keywords import (
    CommonKeywords,
    draft_filters,
    draft_function,
)
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.alarm_keywords import ask_for_thresholds, check_alarms
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.settings import take_settings
from cdk_esm.constructs.intake.tokens import known_or_unresolved
from cdk_esm.constructs.resources.functions import Built
from cdk_esm.constructs.resources.secrets import SecretFound, take_secret
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import Door, FailurePath, MappingPlan, Source
from cdk_esm.plan.consent import ALARMS_OFF
from cdk_esm.sources import SOURCES

S = TypeVar("S", bound=Source)
Hooks: TypeAlias = dict[str, Callable[[S, FailurePath | Unknowable], Any]]
"""What answers with a setting, given the source and the failure path, by the setting's name."""

EVENT_COUNT: Final = "EventCount"
_LOGICAL_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,254}")


@dataclass(frozen=True)
class Drafted:
    """What the keywords come to.

    Args:
        plan: the plan, before anything is made.
        function: the existing function; ``None`` if a new one is to be made.
        tokens: what the mapping gets and a plan does not keep, because only the deployment knows it, by setting.
        secrets: the secrets that the poller reads.
    """

    plan: MappingPlan
    function: Built | None
    tokens: Mapping[str, Any]
    secrets: tuple[SecretFound, ...] = ()


class Draft(ABC, Generic[S]):
    """Turns the keywords of one call into a plan, and remembers whatever cannot be taken.

    The sheet of the source says which settings there are, and most are taken by their form. What a source adds is what
    it says of its neighbours, and a hook for each setting that has another form in Python than in CloudFormation.

    Args:
        keywords: the keywords, as they were given.
        kind: the kind of source.
        path: the path of the construct.
        where: where the construct is.
    """

    def __init__(self, keywords: CommonKeywords, kind: str, path: str, where: Surroundings) -> None:
        self.keywords = keywords
        self.kind, self.path, self.where = kind, path, where
        self.intake = Intake()
        self.secrets: list[SecretFound] = []
        self.stated: dict[str, Mapping[str, Any]] = {}
        self.function, self.built = draft_function(self.intake, keywords["function"], where, path, self.stated)
        self.filters = draft_filters(self.intake, keywords.get("filters"))

    def drafted(self) -> Drafted:
        """Make the plan."""
        keywords, intake, sheet = self.keywords, self.intake, SOURCES[self.kind]
        hooks = self._hooks()
        settings = take_settings(intake, sheet, keywords, hooks)
        source, failure = self._neighbours(settings.get("MaximumBatchingWindowInSeconds"))
        settings = {**self._defaults(source), **settings}
        offered = (setting.name for setting in sheet.settings if setting.keyword is not None)
        settings |= {name: hooks[name](source, failure) for name in offered if name in hooks}
        check_alarms(intake, keywords["alarms"], self.kind)
        self._check_switches()
        plan = MappingPlan(
            path=self.path,
            source=self.kind,
            settings={name: value for name, value in settings.items() if value is not None},
            event_source=source,
            function=self.function,
            failure=failure,
            filters=self.filters,
            acknowledged=intake.texts("acknowledge", keywords["acknowledge"]),
            origin={name: "default" if value is None else "user" for name, value in keywords.items()}
            | self._origins(source),
            choices=self._choices(),
            stated=self.stated,
            door=Door.CONSTRUCT,
            secrets=tuple(secret.facts for secret in self.secrets),
        )
        # A mapping that is switched off for a while is no reason to take away what was chosen for its alarms.
        if_on = select(replace(plan, settings={**plan.settings, "Enabled": True}))
        made_by = self.where.memory.made_by_others(plan.function.concurrency_pool, if_on)
        ask_for_thresholds(intake, keywords["alarms"], select(plan), if_on, made_by)
        return Drafted(replace(plan, malformed=tuple(intake.malformed)), self.built, intake.tokens, tuple(self.secrets))

    def secret(self, keyword: str, value: object, written: str = "") -> SecretFound | None:
        """Take a secret from a keyword, and remember it: the plan gets it, and the role may read it.

        Args:
            keyword: what messages call its place.
            value: the secret.
            written: what a fix writes, with ``{}`` in the place of the ARN; by default the keyword and a ``SecretArn``.

        Returns:
            The secret; ``None`` if it cannot be taken.
        """
        found = take_secret(self.intake, keyword, value, written)
        if found is not None:
            self.secrets.append(found)
        return found

    # What a source adds.

    @abstractmethod
    def _neighbours(self, window: Value[int]) -> tuple[S, FailurePath | Unknowable]:
        """Say what the source is or will be, and where failed records end.

        Args:
            window: the batching window.
        """

    def _hooks(self) -> Hooks[S]:
        """The settings that are not taken by their form, each with what answers with it."""
        return {
            "EventSourceArn": self._source_arn,
            "FunctionName": lambda *_: UNKNOWN,
            "FunctionResponseTypes": self._response_types,
            "FilterCriteria": self._criteria,
            "KmsKeyArn": lambda *_: None if self.keywords.get("filter_encryption") is None else UNKNOWN,
            "MetricsConfig": self._metrics,
            "Tags": self._tags,
        }

    def _defaults(self, source: S) -> dict[str, Any]:
        """Our own choices for settings that were not given."""
        del source
        return {}

    def _origins(self, source: S) -> dict[str, str]:
        """Where other values came from: ``derived`` for what was not given and follows from its neighbours."""
        del source
        return {}

    def _knobs(self) -> dict[str, Any]:
        """The knobs of this source that rules and the report look at; ``None`` for one that was not turned."""
        return {}

    def _metrics_by_default(self) -> tuple[str, ...]:
        """The mapping's own metrics that are on if nothing is said of them: those that an alarm needs."""
        return (EVENT_COUNT,) if self.filters else ()

    # The hooks of every source.

    def _source_arn(self, source: S, failure: FailurePath | Unknowable) -> Value[str]:
        del failure
        return known_or_unresolved(source.identity) if source.existing else UNKNOWN

    def _response_types(self, *_: object) -> list[str]:
        keyword = "report_batch_item_failures"
        reports = self.intake.boolean(keyword, self.keywords.get(keyword), now=True)
        return [] if reports is False else ["ReportBatchItemFailures"]

    def _criteria(self, *_: object) -> Mapping[str, Any] | None:
        return {"Filters": [{"Pattern": pattern} for pattern in self.filters]} if self.filters else None

    def _metrics(self, *_: object) -> Mapping[str, Any] | None:
        config = self.keywords.get("metrics_config")
        metrics = [*self._metrics_by_default()] if config is None else []
        if isinstance(config, lambda_.MetricsConfig):
            # jsii names its members EVENT_COUNT, CloudFormation wants EventCount
            metrics = ["".join(part.capitalize() for part in one.name.split("_")) for one in config.metrics or ()]
        return {"Metrics": metrics} if metrics else None

    def _tags(self, *_: object) -> list[Mapping[str, str]] | None:
        tags = self.intake.texts("tags", self.keywords["tags"])
        return [{"Key": key, "Value": value} for key, value in tags.items()] or None

    # What follows is about keywords that are no settings of the mapping.

    def _check_switches(self) -> None:
        """Check the keywords that are no setting of the mapping, for their type alone."""
        intake, keywords = self.intake, self.keywords
        intake.boolean("grants", keywords["grants"], now=True)
        logical_id, removal_policy = keywords["logical_id"], keywords["removal_policy"]
        if logical_id is not None and not (isinstance(logical_id, str) and _LOGICAL_ID.fullmatch(logical_id)):
            intake.refuse("logical_id", logical_id, "letters and digits, at most 255, the first one a letter")
        intake.record("removal_policy", removal_policy, "a RemovalPolicy", cdk.RemovalPolicy)
        if removal_policy is cdk.RemovalPolicy.SNAPSHOT:
            intake.refuse(
                "removal_policy", "SNAPSHOT", "a RemovalPolicy that queues and log groups have: they take no snapshot"
            )
        intake.record(
            "metrics_config", keywords.get("metrics_config"), "a lambda_.MetricsConfig", lambda_.MetricsConfig
        )
        key = keywords.get("filter_encryption")
        if key is not None:
            intake.one_of("filter_encryption", key, {"a KMS key": is_key})

    def _choices(self) -> dict[str, Any]:
        """The knobs that rules and the report look at, if the user turned them."""
        names = ("report_batch_item_failures", "grants")
        knobs = self._knobs() | {name: self.keywords.get(name) for name in names}
        chosen = {name: value for name, value in knobs.items() if value is not None}
        alarms = self.keywords["alarms"]
        off = alarms.off if isinstance(alarms, Alarms) and isinstance(alarms.off, Mapping | str) else {}
        return chosen | ({ALARMS_OFF: off if isinstance(off, str) else dict(off)} if off else {})
