"""Kinds of changes of what surrounds a mapping: failure paths, grants, alarms, and the sources themselves."""

from __future__ import annotations

from typing import Final

from cdk_esm.diff.changes import ADVICE, DANGER, ERROR, Kind
from cdk_esm.sources import pages

FAILURE_PATH_REMOVED: Final = Kind(
    "failure-path-removed",
    DANGER,
    "A record that cannot be processed is lost, or blocks those behind it until it expires.",
    "keep the dead-letter queue or the on-failure destination, or put another one in its place",
    pages.MAPPING,
)
FAILURE_PATH_CHANGED: Final = Kind(
    "failure-path-changed",
    ADVICE,
    "Whoever looks after failed records has to look elsewhere; what has failed before stays where it is.",
    "empty the old one too, and tell whoever looks after failed records",
    pages.MAPPING,
)
GRANT_REMOVED: Final = Kind(
    "grant-removed",
    DANGER,
    "The poller works with the function's role: without the action it stops, or failed records cannot be sent on.",
    "keep the action in a policy of the role",
    pages.MAPPING,
)
GRANT_MISSING: Final = Kind(
    "grant-missing",
    DANGER,
    "The poller needs the action from now on, and works with the function's role: without it it stops, or failed "
    "records cannot be sent on.",
    "allow the action in a policy of the role, in the same deployment or before",
    pages.MAPPING,
)
GRANT_UNSEEN: Final = Kind(
    "grant-unseen",
    ADVICE,
    "The poller works with the function's role. The old templates show that it may do this, and the new ones do not.",
    "look into the policies of the role that are elsewhere before you deploy, and the boundary of its permissions too",
    pages.MAPPING,
)
ALARM_LATER: Final = Kind(
    "alarm-later",
    ADVICE,
    "The metric has to go further wrong than before until somebody is told, or the alarm looks at its other side.",
    "keep the threshold, or see that what it lets pass now is all right",
    pages.ALARM_ACTIONS,
)
ALARM_REMOVED: Final = Kind(
    "alarm-removed",
    ADVICE,
    "Nobody is told any more when this metric goes wrong.",
    "keep the alarm, or let another one watch the metric",
    pages.ALARM_ACTIONS,
)
ALARM_SILENCED: Final = Kind(
    "alarm-silenced",
    ADVICE,
    "The alarm changes its state, and tells nobody.",
    "keep an action in AlarmActions, or let a composite alarm look at it",
    pages.ALARM_ACTIONS,
)
KEY_CHANGED: Final = Kind(
    "key-changed",
    ADVICE,
    "What was sent before stays encrypted with the old key: the poller reads it only while that key is there and the "
    "role may decrypt with it.",
    "keep the old key, and kms:Decrypt on it for the role, until the queue and its dead-letter queue are empty",
    pages.SQS_ENCRYPTION,
)
SOURCE_REMOVED: Final = Kind(
    "source-removed",
    DANGER,
    "CloudFormation deletes it with all that it holds, read or not.",
    "deploy DeletionPolicy: Retain first, so that it stays; or remove it after it is empty and nobody sends to it",
    pages.DELETION_POLICY,
)
SOURCE_REPLACED: Final = Kind(
    "source-replaced",
    DANGER,
    "CloudFormation makes a new one, and deletes the old one with all that it holds, read or not.",
    "leave the property as it is deployed; or add the new one beside it under another logical id, let a mapping read "
    "each, and remove the old one after it is empty (UpdateReplacePolicy: Retain keeps it, but nobody reads it)",
    pages.UPDATE_REPLACE_POLICY,
)
SOURCE_MAY_BE_REPLACED: Final = Kind(
    "source-may-be-replaced",
    ADVICE,
    "A create-only property is written otherwise, and only the deployment knows whether its value is another one.",
    "look at the change set before it is executed: it says whether the resource is replaced",
    pages.UPDATE_BEHAVIORS,
)
SOURCE_LEFT: Final = Kind(
    "source-left-behind",
    DANGER,
    "It stays, with what it holds, outside of the stack: what is unread there is read by nobody any more, and expires.",
    "empty it first; or keep a mapping on it by its ARN until it is empty, and delete it then",
    pages.DELETION_POLICY,
)
SOURCE_NAME_TAKEN: Final = Kind(
    "source-name-taken",
    ERROR,
    "CloudFormation makes the new one before it deletes the old one, and two of one name cannot be there: it refuses "
    "the update.",
    "keep the logical id and the create-only properties as they are deployed; or change the name too, or leave it to "
    "CloudFormation",
    pages.RESOURCE_NAMES,
)
TABLE_STREAM_ENDS: Final = Kind(
    "table-stream-ends",
    DANGER,
    "A table has one stream with one view type: another view is another stream, and what is still unread in the old "
    "one is read by nobody.",
    "leave the view type as it is deployed; or stop writing to the table, wait until the mapping has read all, and "
    "deploy then",
    pages.DYNAMODB_STREAM_VIEW,
)
