"""The words a fact sheet is written in: settings with their ranges, figures, grants, and the two unknowables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")


class Unknowable(Enum):
    """Why a value cannot be judged before the deployment."""

    UNRESOLVED = "unresolved"
    """A deploy-time token: CloudFormation fills it in."""

    UNKNOWN = "unknown"
    """An imported resource, or somebody else's construct, hides it."""

    def __repr__(self) -> str:
        return self.name


UNRESOLVED: Final = Unknowable.UNRESOLVED
UNKNOWN: Final = Unknowable.UNKNOWN

Value: TypeAlias = T | Unknowable | None
"""One of four things: absent (``None``), known, ``UNRESOLVED`` or ``UNKNOWN``."""


class NotApplicable(Exception):  # noqa: N818 - an answer of a rule, not an error
    """Raised by ``known`` so that a rule stays silent where it would have to guess."""


def known(value: T | Unknowable) -> T:
    """Return a value that can be judged, or end the rule that asked for it.

    The type checker insists on this call wherever a rule compares a value that may be unknowable,
    so no rule can guess by accident.

    Raises:
        NotApplicable: the value is ``UNRESOLVED`` or ``UNKNOWN``; the rule engine takes this for silence.
    """
    if isinstance(value, Unknowable):
        raise NotApplicable
    return value


class Form(Enum):
    """What a setting's value is made of, and so how a door writes it."""

    INTEGER = "integer"
    SECONDS = "seconds"
    HOURS = "hours"
    BOOLEAN = "boolean"
    TEXT = "text"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True)
class Setting:
    """One property of a mapping, or of a resource beside it, with what AWS accepts for it.

    Args:
        name: CloudFormation's name; a dot leads into a nested record.
        form: what its value is made of.
        page: the page the numbers were read from.
        keyword: the keyword of our constructs; ``None`` where they do not offer the setting.
        minimum: the least value, in the form's unit, or the least length of a text or of a list.
        maximum: the greatest value, in the form's unit, or the greatest length of a text or of a list.
        default: what AWS does without it.
        choices: the accepted values of a text or of a list's members; empty means any.
        required: AWS refuses a mapping without it.
        create_only: a change replaces the resource.
        range_is_reported: the range is not from AWS itself, so a breach is worth an advice only.
        requirement_is_reported: that it is required is not from AWS itself, so its absence is worth an advice only.
        fixed: AWS cannot change it and CloudFormation does not replace the mapping for it, so that a new value needs a
            new logical id.
        fixed_is_reported: the same, but it was reported and no page of AWS says it.
        pattern: the regular expression that a text, or each text of a list, matches as a whole.
        longest_member: the greatest length of a text in a list.
    """

    name: str
    form: Form
    page: str
    keyword: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    default: object = None
    choices: tuple[str, ...] = ()
    required: bool = False
    create_only: bool = False
    range_is_reported: bool = False
    requirement_is_reported: bool = False
    fixed: bool = False
    fixed_is_reported: bool = False
    pattern: str | None = None
    longest_member: int | None = None

    def admits(self, measure: int) -> bool:
        """Whether a number, or the length of a text or of a list, lies in the range."""
        return (self.minimum is None or measure >= self.minimum) and (self.maximum is None or measure <= self.maximum)

    @property
    def range_text(self) -> str:
        """The accepted range in words, as messages print it."""
        units = {Form.SECONDS: " seconds", Form.HOURS: " hours", Form.TEXT: " characters", Form.LIST: " members"}
        unit = units.get(self.form, "")
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.minimum is None:
            return f"at most {self.maximum}{unit}" if self.maximum is not None else "any"
        if self.maximum is None:
            return f"at least {self.minimum}{unit}"
        if self.minimum == self.maximum:
            return f"{self.minimum}{unit.removesuffix('s') if self.minimum == 1 else unit}"
        return f"{self.minimum} to {self.maximum}{unit}"


class Lack(Enum):
    """What happens where the execution role lacks an action that the poller needs."""

    REFUSED = "refused"
    """AWS tries the action while it makes the mapping, and refuses the mapping."""

    STUCK = "stuck"
    """The mapping may be made; AWS names the action as needed, and what it is for does not happen."""

    UNSEEN = "unseen"
    """AWS names the action as needed, and there are mappings that seem to do without."""


@dataclass(frozen=True)
class Grant:
    """Actions that the poller needs of one neighbour, under the execution role.

    Args:
        actions: IAM actions, sorted.
        on: the neighbour, such as ``source``, ``source-key``, ``secret`` or ``network``.
        when: what of the mapping or of its source makes it necessary, in words; always, where there is none.
        tried: those of the actions that AWS tries while it makes the mapping.
        unseen: those that mappings seem to do without.
        instead: pairs of an action and another one that does as well.
    """

    actions: tuple[str, ...]
    on: str
    when: str | None = None
    tried: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()

    def lack(self, action: str) -> Lack:
        """What happens without one of the actions."""
        if action in self.tried:
            return Lack.REFUSED
        return Lack.UNSEEN if action in self.unseen else Lack.STUCK

    def choices(self, action: str) -> tuple[str, ...]:
        """The action, and those that do as well."""
        return action, *(other for one, other in self.instead if one == action)


@dataclass(frozen=True)
class Figure:
    """A number that AWS recommends or states beside the ranges.

    Args:
        value: the number.
        meaning: what it counts, with its unit.
        page: the page it was read from.
    """

    value: int
    meaning: str
    page: str


@dataclass(frozen=True)
class ResourceFacts:
    """The fact sheet of a resource beside the mapping: what AWS accepts for it and does without it.

    Args:
        label: the service's own name for it.
        settings: the properties that matter to a mapping.
        figures: recommendations and limits that are no property's range.
        pages: the AWS pages that the sheet was read from.
        read: the day on which they were read.
    """

    label: str
    settings: tuple[Setting, ...]
    figures: tuple[Figure, ...]
    pages: tuple[str, ...]
    read: date
    by_name: Mapping[str, Setting] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {setting.name: setting for setting in self.settings})


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a filter can see of a source's records.

    Args:
        payload: the key of the payload in a pattern, such as ``body``.
        encoding: how a record carries the payload: ``text``, ``base64`` or ``object``.
        metadata: keys beside the payload, with those of a value that is an object set to True.
        envelope: the key of a record that holds payload and metadata; ``None`` where the record does itself.
        proved: keys beside the payload on which AWS was seen to filter, though the page names the payload only.
        metadata_never_matches: the page names the payload only, and an unmatched record is lost for good.
        takes_text: a pattern may be for plain text; where not, the service refuses a pattern that is no JSON object.
    """

    payload: str
    encoding: str
    metadata: Mapping[str, bool]
    envelope: str | None = None
    proved: tuple[str, ...] = ()
    metadata_never_matches: bool = False
    takes_text: bool = False


@dataclass(frozen=True)
class SourceFacts:
    """The fact sheet of one event source: what the service offers for it, and nothing it does not.

    Args:
        kind: the source kind, as plans name it.
        label: the service's own name for it.
        construct: our construct for it; ``None`` where there is none yet.
        arn_service: the service part of the source's ARN; ``None`` for a source without an ARN.
        settings: every setting that the service takes; any other is refused.
        grants: what the execution role needs.
        pages: the AWS pages that the sheet was read from.
        read: the day on which they were read.
        takes_window: a batching window above zero is possible.
        window_needed_above: the greatest batch that needs no batching window; ``None`` means that none ever does.
        records: what a filter can see of its records; ``None`` where the service offers no filters.
        unmatched: what the service does with a record that matches no filter.
        failure_path: where a failed record can end.
        keeps_order: records of one group or shard are processed in order.
        figures: numbers that are no setting's range.
        destinations: the kinds of on-failure destinations that a mapping can have.
        needs_pollers: what the service offers only with provisioned pollers.
        once_per_function: a function can have one mapping on the source, whatever else the settings say.
        other_format: what the service does with a record whose payload has another format than the pattern; ``None``
            where that is as if the pattern did not match.
        longest_timeout: the greatest timeout of a function behind it, where that is less than Lambda's own.
        longest_timeout_everywhere: that holds on Lambda Managed Instances, too.
        concurrency: the invocations that one mapping has at the same time, where that is a fixed number.
        pages_on: the pages on ``permissions`` and on ``failures``, where the first one of all is not enough.
    """

    kind: str
    label: str
    construct: str | None
    arn_service: str | None
    settings: tuple[Setting, ...]
    grants: tuple[Grant, ...]
    pages: tuple[str, ...]
    read: date
    takes_window: bool
    window_needed_above: int | None
    records: Records | None
    unmatched: str
    failure_path: str
    keeps_order: bool
    figures: tuple[Figure, ...] = ()
    destinations: tuple[str, ...] = ()
    needs_pollers: tuple[str, ...] = ()
    once_per_function: bool = True
    other_format: str | None = None
    longest_timeout: Figure | None = None
    longest_timeout_everywhere: bool = False
    concurrency: Figure | None = None
    pages_on: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, Setting] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {setting.name: setting for setting in self.settings})

    @property
    def filter_key(self) -> str | None:
        """The field of a record that holds the payload, the root of a filter pattern."""
        return None if self.records is None else self.records.payload
