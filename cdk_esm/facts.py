"""The words a fact sheet is written in: settings with their ranges, figures and grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cdk_esm.grants import Grant, Lack, Neighbour, When
from cdk_esm.record_shape import RecordShape
from cdk_esm.unknowable import UNKNOWN, UNRESOLVED, NotApplicable, Unknowable, Value, known

__all__ = [
    "UNKNOWN",
    "UNRESOLVED",
    "Example",
    "Figure",
    "Form",
    "Grant",
    "Lack",
    "Neighbour",
    "NotApplicable",
    "RecordShape",
    "ResourceFacts",
    "Setting",
    "Shape",
    "SourceFacts",
    "Unknowable",
    "Value",
    "When",
    "known",
]


class Form(Enum):
    """What a setting's value is made of, and so how a door writes it."""

    INTEGER = "integer"
    SECONDS = "seconds"
    HOURS = "hours"
    MOMENT = "moment"
    """Unix seconds, perhaps with a fraction."""
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
        keyword: the keyword of our constructs; ``None`` if they do not offer the setting.
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
        in_python: how Python writes a value that is a word of AWS, with ``{}`` for the word in capitals.
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
    in_python: str | None = None

    def admits(self, measure: int) -> bool:
        """Whether a number, or the length of a text or of a list, lies in the range."""
        return (self.minimum is None or measure >= self.minimum) and (self.maximum is None or measure <= self.maximum)

    @property
    def range_text(self) -> str:
        """The accepted range in words, as messages print it."""
        units = {
            Form.SECONDS: " seconds",
            Form.HOURS: " hours",
            Form.MOMENT: " Unix seconds",
            Form.TEXT: " characters",
            Form.LIST: " members",
        }
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


class Shape(Enum):
    """What a source is for its poller, and so what a plan keeps of it; sources of one shape are read alike."""

    QUEUE = "queue"
    STREAM = "stream"
    CONSUMER = "consumer of a stream"
    TABLE = "table with a stream"
    CLUSTER = "Apache Kafka cluster"
    BROKER = "message broker"
    DOCUMENT_CLUSTER = "document cluster"


@dataclass(frozen=True)
class Example:
    """A mapping with nothing wrong, for tests and for the examples of rules.

    Args:
        arn: what it names as its source; ``None`` for a source without an ARN.
        settings: its settings, by CloudFormation's names.
        about: what else is known of its source, as a plan keeps it.
    """

    arn: str | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceFacts:
    """The fact sheet of one event source: what the service offers for it, and nothing it does not.

    Args:
        kind: the source kind, as plans name it.
        label: the service's own name for it.
        shape: what it is for its poller.
        construct: our construct for it; ``None`` if there is none yet.
        cdk_event_source: the class of CDK's own event source; empty if it has none.
        ports: the ports of brokers or a cluster, of which one is enough for a poller; empty for all else.
        arn_service: the service part of the source's ARN; ``None`` for a source without an ARN.
        settings: every setting that the service takes; any other is refused.
        grants: what the execution role needs.
        pages: the AWS pages that the sheet was read from.
        read: the day on which they were read.
        example: a mapping on it with nothing wrong.
        takes_window: a batching window above zero is possible.
        window_needed_above: the greatest batch that needs no batching window; ``None`` means that none ever does.
        unit: what one of the things that it hands over is called: ``message``, ``record`` or ``event``.
        concurrency_words: how the invocations of one mapping are counted, in words; the name of a setting in braces
            is replaced by its value.
        alarms: the keys of the alarms that a mapping on it can have, in the order of the documentation.
        records: what its events look like, and what a filter can see of the records in them.
        unmatched: what the service does with a record that matches no filter.
        failure_path: where a failed record can end.
        keeps_order: records of one group or shard are processed in order.
        figures: numbers that are no setting's range.
        destinations: the kinds of on-failure destinations that a mapping can have.
        needs_pollers: what the service offers only with provisioned pollers.
        once_per_function: a function can have one mapping on the source, whatever else the settings say.
        other_format: what the service does with a record whose payload has another format than the pattern; ``None``
            if that is as if the pattern did not match.
        longest_timeout: the greatest timeout of a function behind it, if that is less than Lambda's own.
        longest_timeout_everywhere: that holds on Lambda Managed Instances, too.
        concurrency: the invocations that one mapping has at the same time, if that is a fixed number.
        authentications: the ways to sign in to it, in CloudFormation's words, if every source of the kind has the same.
        reads: the settings that say what of the source is read, and as whom; none if that is all of it.
        id_holds: settings in the mapping's logical id: another value takes a new mapping, unknown to CloudFormation.
        told_apart_by: those of them that AWS surely tells mappings apart by; of the others nobody knows it.
        pages_on: the pages on ``permissions``, ``failures`` and ``filters``, if the first one of all is not enough;
            that on ``authentication``, if there is a choice.
        stand_in: the alarms that there are instead of what a mapping cannot give: a destination, metrics of it.
        sam_event: the type of AWS SAM's events that says of a mapping that it reads this source, if nothing else in the
            template tells; ``None`` if no type says so.
    """

    kind: str
    label: str
    shape: Shape
    construct: str | None
    arn_service: str | None
    settings: tuple[Setting, ...]
    grants: tuple[Grant, ...]
    pages: tuple[str, ...]
    read: date
    example: Example
    takes_window: bool
    window_needed_above: int | None
    unit: str
    concurrency_words: str
    alarms: tuple[str, ...]
    records: RecordShape
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
    authentications: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    id_holds: tuple[str, ...] = ()
    told_apart_by: tuple[str, ...] = ()
    pages_on: Mapping[str, str] = field(default_factory=dict)
    stand_in: tuple[str, ...] = ()
    cdk_event_source: str = ""
    ports: tuple[int, ...] = ()
    sam_event: str | None = None
    by_name: Mapping[str, Setting] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {setting.name: setting for setting in self.settings})

    @property
    def filter_key(self) -> str | None:
        """The key of a record's payload, the root of a filter pattern; ``None`` if the service offers no filters."""
        return self.records.payload
