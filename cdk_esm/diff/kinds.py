"""Every kind of change that ``cdk-esm diff`` tells, with its severity, why it matters, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.diff.changes import Kind
from cdk_esm.rules.rule import Severity
from cdk_esm.sources import pages

ERROR, DANGER, ADVICE = Severity.ERROR, Severity.DANGER, Severity.ADVICE

MAPPING_RENAMED: Final = Kind(
    "mapping-renamed",
    ERROR,
    "CloudFormation makes the new mapping before it deletes the old one, and Lambda answers that a mapping of this "
    "source to this function already exists. Keep the logical id, or remove and add it in two deployments.",
    pages.MAPPING_API,
)
MAPPING_REFUSED: Final = Kind(
    "mapping-replacement-refused",
    ERROR,
    "The setting is create-only: CloudFormation makes a new mapping before it deletes the old one, and Lambda answers "
    "that a mapping of this source to this function already exists.",
    pages.MAPPING_RESOURCE,
)
MAPPING_REPLACED: Final = Kind(
    "mapping-replaced",
    DANGER,
    "The setting is create-only: CloudFormation makes a new mapping, which knows nothing of how far the old one has "
    "read, and begins where its starting position says.",
    pages.MAPPING_RESOURCE,
)
SETTING_STAYS: Final = Kind(
    "setting-stays",
    DANGER,
    "Lambda cannot change it on a mapping that is there, and CloudFormation does not replace the mapping for it: the "
    "old value stays in force, or the update fails. A new logical id makes a new mapping.",
    pages.MAPPING_RESOURCE,
)
MAPPING_REMOVED: Final = Kind(
    "mapping-removed",
    DANGER,
    "Nothing takes the records of the source any more; they wait there until they expire.",
    pages.MAPPING,
)
MAPPING_ADDED: Final = Kind("mapping-added", ADVICE, "A function begins to take records of the source.", pages.MAPPING)
STACK_GONE: Final = Kind(
    "stack-gone",
    ADVICE,
    "A deployment touches only the stacks that are there: what is deployed of this one stays as it is, until somebody "
    "deletes it.",
    pages.DELETION_POLICY,
)
SOURCE_CHANGED: Final = Kind(
    "source-changed",
    DANGER,
    "The source is create-only, so the mapping is replaced. What the old source still holds is left there, unread.",
    pages.MAPPING_RESOURCE,
)
SOURCE_MAY_CHANGE: Final = Kind(
    "source-may-change",
    ADVICE,
    "The source is written otherwise, and only the deployment knows whether it is another one; then the mapping is "
    "replaced, and what the old source still holds is left there.",
    pages.MAPPING_RESOURCE,
)
FUNCTION_CHANGED: Final = Kind(
    "function-changed",
    ADVICE,
    "The next batch goes to another target; the position in the source stays.",
    pages.MAPPING,
)
MAPPING_DISABLED: Final = Kind(
    "mapping-disabled",
    DANGER,
    "Nothing takes the records while the mapping is off; they wait in the source until they expire.",
    pages.MAPPING_API,
)
PARTIAL_BATCHES_OFF: Final = Kind(
    "partial-batches-off",
    DANGER,
    "What the function returns is no longer looked at: it has to raise for a batch to count as failed, or what it "
    "reports as failed is deleted or passed over; and a batch that failed comes again as a whole.",
    pages.MAPPING_API,
)
BISECT_OFF: Final = Kind(
    "bisect-off",
    ADVICE,
    "One record that cannot be processed takes its whole batch with it, time and again.",
    pages.KINESIS_PARAMETERS,
)
RETRIES_FEWER: Final = Kind(
    "retries-fewer",
    DANGER,
    "Records are given up sooner, and where there is no on-failure destination nobody gets them.",
    pages.MAPPING_API,
)
RECORD_AGE_SHORTER: Final = Kind(
    "record-age-shorter",
    DANGER,
    "Records that wait longer are given up, also those that wait right now, and where there is no on-failure "
    "destination nobody gets them.",
    pages.MAPPING_API,
)
RECEIVES_FEWER: Final = Kind(
    "receives-fewer",
    ADVICE,
    "Messages are moved to the dead-letter queue sooner, and throttled receives count as well.",
    pages.SQS_CONFIGURE,
)
METRICS_OFF: Final = Kind(
    "metrics-off",
    ADVICE,
    "The metrics that count filtered, failed and dropped records end, and alarms on them see no data.",
    pages.METRICS,
)
QUEUE_RETENTION_SHORTER: Final = Kind(
    "retention-shorter",
    DANGER,
    "What is older than the new retention is deleted, also what waits there right now.",
    pages.SQS_ATTRIBUTES,
)
STREAM_RETENTION_SHORTER: Final = Kind(
    "stream-retention-shorter",
    DANGER,
    "What is older than the new retention cannot be read any more, whether it was read before or not.",
    pages.KINESIS_RETENTION,
)
FAILURE_PATH_REMOVED: Final = Kind(
    "failure-path-removed",
    DANGER,
    "A record that cannot be processed is lost, or blocks those behind it until it expires.",
    pages.MAPPING,
)
FAILURE_PATH_CHANGED: Final = Kind(
    "failure-path-changed",
    ADVICE,
    "Whoever looks after failed records has to look elsewhere; what has failed before stays where it is.",
    pages.MAPPING,
)
FILTERS_NARROWER: Final = Kind(
    "filters-narrower",
    DANGER,
    "Records that the function got before match no filter any more.",
    pages.FILTERS,
)
FILTERS_CHANGED: Final = Kind(
    "filters-changed",
    DANGER,
    "Nothing proves that the new filters match all that the old ones matched: they may be narrower. Try them on "
    "records with cdk-esm filter.",
    pages.FILTERS,
)
FILTERS_WIDER: Final = Kind(
    "filters-wider", ADVICE, "The function gets records that it did not get before.", pages.FILTERS
)
GRANT_REMOVED: Final = Kind(
    "grant-removed",
    DANGER,
    "The poller works with the function's role: without the action it stops, or failed records cannot be sent on.",
    pages.MAPPING,
)
ALARM_REMOVED: Final = Kind(
    "alarm-removed", ADVICE, "Nobody is told any more when this metric goes wrong.", pages.ALARM_ACTIONS
)
ALARM_SILENCED: Final = Kind(
    "alarm-silenced", ADVICE, "The alarm changes its state, and tells nobody.", pages.ALARM_ACTIONS
)
SOURCE_REMOVED: Final = Kind(
    "source-removed",
    DANGER,
    "CloudFormation deletes it with all that it holds, read or not. DeletionPolicy: Retain keeps it.",
    pages.DELETION_POLICY,
)
SOURCE_REPLACED: Final = Kind(
    "source-replaced",
    DANGER,
    "CloudFormation makes a new one, and deletes the old one with all that it holds, read or not. "
    "UpdateReplacePolicy: Retain keeps it.",
    pages.UPDATE_REPLACE_POLICY,
)
SOURCE_MAY_BE_REPLACED: Final = Kind(
    "source-may-be-replaced",
    ADVICE,
    "A create-only property is written otherwise, and only the deployment knows whether its value is another one.",
    pages.UPDATE_BEHAVIORS,
)
SOURCE_LEFT: Final = Kind(
    "source-left-behind",
    ADVICE,
    "It stays, with what it holds, outside of the stack: the records stay but nobody reads them.",
    pages.DELETION_POLICY,
)
SOURCE_NAME_TAKEN: Final = Kind(
    "source-name-taken",
    ERROR,
    "CloudFormation makes the new one before it deletes the old one, and two of one name cannot be there: it refuses "
    "the update. Change the name too, or leave it to CloudFormation.",
    pages.RESOURCE_NAMES,
)
TABLE_STREAM_ENDS: Final = Kind(
    "table-stream-ends",
    DANGER,
    "A table has one stream with one view type: another view is another stream, and what is still unread in the old "
    "one is read by nobody.",
    pages.DYNAMODB_STREAM_VIEW,
)

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        MAPPING_RENAMED,
        MAPPING_REFUSED,
        MAPPING_REPLACED,
        SETTING_STAYS,
        SOURCE_CHANGED,
        SOURCE_MAY_CHANGE,
        MAPPING_REMOVED,
        MAPPING_ADDED,
        STACK_GONE,
        FUNCTION_CHANGED,
        MAPPING_DISABLED,
        PARTIAL_BATCHES_OFF,
        BISECT_OFF,
        RETRIES_FEWER,
        RECORD_AGE_SHORTER,
        RECEIVES_FEWER,
        METRICS_OFF,
        QUEUE_RETENTION_SHORTER,
        STREAM_RETENTION_SHORTER,
        FAILURE_PATH_REMOVED,
        FAILURE_PATH_CHANGED,
        FILTERS_NARROWER,
        FILTERS_CHANGED,
        FILTERS_WIDER,
        GRANT_REMOVED,
        ALARM_REMOVED,
        ALARM_SILENCED,
        SOURCE_REMOVED,
        SOURCE_REPLACED,
        SOURCE_MAY_BE_REPLACED,
        SOURCE_LEFT,
        SOURCE_NAME_TAKEN,
        TABLE_STREAM_ENDS,
    )
}
"""Name to kind, in the order of the docs."""
