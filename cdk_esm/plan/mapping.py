"""``MappingPlan``: one mapping, its settings, and the records of what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from cdk_esm.facts import UNKNOWN, Form, NotApplicable, Setting, SourceFacts, Unknowable
from cdk_esm.plan.access import FilterKey, Role
from cdk_esm.plan.broker import SchemaRegistry, Secret
from cdk_esm.plan.cdk_words import MadeBy, name_in, written
from cdk_esm.plan.construct_notes import AlarmState, Door, Malformed
from cdk_esm.plan.deaf_alarms import DeafAction
from cdk_esm.plan.failure import FailurePath
from cdk_esm.plan.feeders import Feeders, Loop
from cdk_esm.plan.file_wording import Wording
from cdk_esm.plan.function import Function
from cdk_esm.plan.misplaced import Gap, Misplaced, Misspelt
from cdk_esm.plan.source import Source
from cdk_esm.sources import SHEETS

S = TypeVar("S", bound=Source)
_NOTHING: Final = object()
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _in_python(form: str, value: object) -> str:
    """A word of AWS, or the first of several, as a member of an enum of CDK."""
    word = value[0] if isinstance(value, list | tuple) and value else value
    return form.format(_WORD.sub("_", word).upper()) if isinstance(word, str) else repr(value)


@dataclass(frozen=True, kw_only=True)
class MappingPlan:
    """One event source mapping, with what surrounds it.

    Args:
        path: the construct path, or template name and logical id.
        source: the source kind, a key of ``SHEETS``; empty for a record that was called wrongly, which has no source.
        settings: CloudFormation names, nested as CloudFormation nests them; durations in seconds; absent means
            that the service's default holds.
        event_source: what is known of the source itself.
        function: what is known of the function.
        role: what is known of the execution role.
        failure: where failed records end; ``UNKNOWN`` if an imported source hides it.
        filters: the raw texts of the filter patterns.
        filter_parts: index of a pattern of which only the deployment knows some parts, to its parts: fixed texts, and
            ``Gap`` for the others.
        feeders: those who send to the source; ``UNKNOWN`` if nobody looked.
        loops: the ways by which what the function sends comes back to it.
        secrets: what is known of the secrets that the settings name.
        schema_registry: what is known of the schema registry that the settings name; absent if nobody looked.
        filter_key: the key that encrypts them; absent if Lambda's own key does.
        acknowledged: rule id to reason.
        origin: setting or knob to where its value came from: ``default``, ``derived``, ``org`` or ``user``.
        choices: the knobs of our constructs that rules compare with, such as ``visibility_timeout_factor``.
        stated: what the user states of a function and of a queue that hide it, by CDK's names.
        door: the way by which it came in.
        malformed: keywords that could not be taken.
        misplaced: what is written where an ARN belongs, and cannot be there.
        misspelt: keys below its properties, and those of what is beside it, that nobody knows.
        alarms: filled in by the whole-app check.
        deaf: actions of its alarms in a template that are surely never carried out.
        template: the file, or the name of the template, that it was read from.
        logical_id: its logical id there.
        within: what its logical id holds for it there, if that is more than the mapping: a SAM function's events.
        wording: what the file calls its settings, if those are not CloudFormation's names.
        made_by: the construct of CDK that made it; absent for ours, and for what CDK did not make.
        when: what holds if it is deployed so, as triples of a subject, a value, and whether the subject is that
            value; empty for a mapping that is the same however its template's conditions turn out.
    """

    path: str
    source: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    event_source: Source
    function: Function
    role: Role = field(default_factory=Role)
    failure: FailurePath | Unknowable = UNKNOWN
    filters: tuple[str | Unknowable, ...] | Unknowable = ()
    filter_parts: Mapping[int, tuple[str | Gap, ...]] = field(default_factory=dict)
    feeders: Feeders | Unknowable = UNKNOWN
    loops: tuple[Loop, ...] = ()
    secrets: tuple[Secret, ...] = ()
    schema_registry: SchemaRegistry | None = None
    filter_key: FilterKey | None = None
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    stated: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    door: Door = Door.TEMPLATE
    malformed: tuple[Malformed, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()
    misspelt: tuple[Misspelt, ...] = ()
    alarms: AlarmState | None = None
    deaf: tuple[DeafAction, ...] = ()
    template: str | None = None
    logical_id: str | None = None
    within: tuple[str, ...] = ()
    wording: Wording | None = None
    made_by: MadeBy | None = None
    when: frozenset[tuple[str, str, bool]] = frozenset()

    @property
    def facts(self) -> SourceFacts:
        """The fact sheet of this mapping's source."""
        return SHEETS[self.source]

    def source_as(self, kind: type[S]) -> S:
        """The event source as a record of one kind; ends a rule that has nothing to say about other kinds.

        Raises:
            NotApplicable: the source is of another kind.
        """
        if not isinstance(self.event_source, kind):
            raise NotApplicable
        return self.event_source

    def given(self, name: str) -> Any:
        """A setting as it was given; ``None`` if it is absent. A dot leads into a nested record."""
        if "." not in name:
            return self.settings.get(name)
        value: Any = self.settings
        for part in name.split("."):
            if isinstance(value, Unknowable):
                return value
            if not isinstance(value, Mapping):
                return None
            value = value.get(part)
        return value

    def setting(self, name: str) -> Any:
        """A setting as AWS will see it: the service's default takes the place of an absent one."""
        value = self.given(name)
        known_setting = self.facts.by_name.get(name)
        return known_setting.default if value is None and known_setting is not None else value

    def chosen_by_user(self, knob: str) -> bool:
        """Whether the user set the knob, which is consent to what it brings."""
        return self.origin.get(knob) == "user"

    def range_of(self, setting: Setting) -> str:
        """What a setting takes, in words; at the door of constructs a duration has no value for no end."""
        if self.door == Door.CONSTRUCT and setting.form is Form.SECONDS and (setting.minimum or 0) < 0:
            return f"at most {setting.maximum} seconds"
        if self.door == Door.CONSTRUCT and setting.in_python is not None and setting.keyword is not None:
            return " or ".join(_in_python(setting.in_python, one) for one in setting.choices)
        return setting.range_text

    def say(self, setting: str | Setting, value: object = _NOTHING) -> str:
        """Name a setting, with a value if one is given, in the words of the door that the plan came through."""
        fact = self.facts.by_name.get(setting) if isinstance(setting, str) else setting
        if fact is None:
            name = setting if isinstance(setting, str) else setting.name
            return name if value is _NOTHING else f"{name}: {value}"
        if self.door == Door.CONSTRUCT and self.made_by is not None:
            there = name_in(self.made_by, fact)
            valued = None if value is _NOTHING else written(self.made_by, fact, value, self.settings)
            if there is not None:
                return there if value is _NOTHING else valued or f"{there}={value!r}"
        elif self.door == Door.CONSTRUCT and fact.keyword is not None:
            return self._say_in_ours(fact, value)
        return fact.name if value is _NOTHING else f"{fact.name}: {value}"

    def _say_in_ours(self, fact: Setting, value: object) -> str:
        """A setting in the words of our constructs."""
        if value is _NOTHING:
            return str(fact.keyword)
        if fact.in_python is not None:
            return f"{fact.keyword}={_in_python(fact.in_python, value)}"
        unit = {Form.SECONDS: "seconds", Form.HOURS: "hours"}.get(fact.form)
        written = repr(value) if unit is None else f"Duration.{unit}({value})"
        return f"{fact.keyword}={written}"
