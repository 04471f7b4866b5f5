"""Kinds of changes of a mapping itself: another id, another source or function, and what cannot be updated."""

from __future__ import annotations

from typing import Final

from cdk_esm.diff.changes import ADVICE, DANGER, ERROR, Kind
from cdk_esm.sources import pages

TWO_STEPS: Final = (
    "in two steps: take the mapping out, deploy, add it as it is to be, deploy (while it is out, nothing reads the "
    "source); or map an alias of the function, which for Lambda is another mapping"
)
REPORTED_ONCE: Final = "reported once"

MAPPING_RENAMED: Final = Kind(
    "mapping-renamed",
    ERROR,
    "CloudFormation makes the new mapping before it deletes the old one, and Lambda answers that a mapping of this "
    "source to this function already exists.",
    f"keep the logical id; or {TWO_STEPS}",
    pages.MAPPING_API,
)
MAPPING_REFUSED: Final = Kind(
    "mapping-replacement-refused",
    ERROR,
    "The setting is create-only: CloudFormation makes a new mapping before it deletes the old one, and Lambda answers "
    "that a mapping of this source to this function already exists.",
    f"leave the setting as it is deployed; or {TWO_STEPS}",
    pages.MAPPING_RESOURCE,
)
MAPPING_MAY_BE_REFUSED: Final = Kind(
    "mapping-may-be-refused",
    DANGER,
    "CloudFormation makes the new mapping before it deletes the old one, and AWS does not say whether Lambda tells "
    "the two apart: if not, it answers that a mapping of this source to this function already exists, and the "
    "deployment is rolled back. If it does, nothing reads any more what the old mapping has left.",
    f"leave it as it is deployed; or {TWO_STEPS}",
    pages.MAPPING_API,
    evidence="not known",
)
HANDLER_GONE: Final = Kind(
    "handler-gone",
    ADVICE,
    "CloudFormation deletes the custom resource after it has updated the mapping, and calls its handler, which knows "
    "the id of the mapping. The handler of cdk-amazonmq deletes the mapping: then nothing reads the source, and "
    "CloudFormation does not know it.",
    "in two steps: give the custom resource `DeletionPolicy: Retain` and deploy that, which keeps its handler from "
    "being called; then take it out",
    pages.DELETION_POLICY,
    evidence="read in the code of cdk-amazonmq 0.1.9",
)
MAPPING_REPLACED: Final = Kind(
    "mapping-replaced",
    DANGER,
    "The setting is create-only: CloudFormation makes a new mapping, which knows nothing of how far the old one has "
    "read, and begins where its starting position says.",
    "leave the setting as it is deployed; or choose a starting position with which the records in between come again, "
    "and let the function take a record twice",
    pages.MAPPING_RESOURCE,
)
SETTING_STAYS: Final = Kind(
    "setting-stays",
    DANGER,
    "Lambda cannot change it on a mapping that is there, and CloudFormation does not replace the mapping for it: the "
    "old value stays in force, or the update fails.",
    "give the mapping a new logical id, so that CloudFormation makes a new one, with a starting position that fits; if "
    f"Lambda answers that it already exists, {TWO_STEPS}",
    pages.MAPPING_RESOURCE,
)
UPDATE_REFUSED: Final = Kind(
    "update-refused",
    DANGER,
    "Every update of a mapping names its virtual host again, and UpdateEventSourceMapping takes no virtual host: "
    "Lambda refuses the update, whatever it is about, and the deployment is rolled back.",
    "leave the virtual host out if it is /, which is the default; otherwise map an alias of the function, so that a "
    f"deployment changes nothing in the mapping, and change the mapping {TWO_STEPS.partition(' (')[0]}",
    pages.ACCESS_API,
    evidence="documented for the API, reported once for CloudFormation",
)
SOURCE_CHANGED: Final = Kind(
    "source-changed",
    DANGER,
    "The source is create-only, so the mapping is replaced. What the old source still holds is left there, unread.",
    "keep a mapping on the old source until it is empty, and add a second one for the new source",
    pages.MAPPING_RESOURCE,
)
SOURCE_MAY_CHANGE: Final = Kind(
    "source-may-change",
    ADVICE,
    "The source is written otherwise, and only the deployment knows whether it is another one; then the mapping is "
    "replaced, and what the old source still holds is left there.",
    "make sure that both name the same source; if they do not, keep a mapping on the old one until it is empty",
    pages.MAPPING_RESOURCE,
)
MAPPING_REMOVED: Final = Kind(
    "mapping-removed",
    DANGER,
    "Nothing takes the records of the source any more; they wait there until they expire.",
    "let another mapping read the source, or remove the mapping after the source is empty and nobody sends to it",
    pages.MAPPING,
)
MAPPING_ADDED: Final = Kind(
    "mapping-added",
    ADVICE,
    "A function begins to take records of the source.",
    "see that no other reader of the source misses what the function takes, and that it begins where it should",
    pages.MAPPING,
)
MAPPING_ADDED_LATE: Final = Kind(
    "mapping-added-at-latest",
    DANGER,
    "The source is there already, and LATEST begins where it ends when the new mapping polls, minutes later: what is "
    "written until then never reaches the function, and nothing counts it.",
    "set StartingPosition to AT_TIMESTAMP with a time before the deployment, where the source takes one, or to "
    "TRIM_HORIZON; once it is deployed, the position must not be changed any more",
    pages.KINESIS_CREATE,
)
STACK_GONE: Final = Kind(
    "stack-gone",
    ADVICE,
    "A deployment touches only the stacks that are there: what is deployed of this one stays as it is, until somebody "
    "deletes it.",
    "delete the stack, if that is meant; say --stack OLD=NEW if it has another name now",
    pages.DELETION_POLICY,
)
STACK_RENAMED: Final = Kind(
    "stack-renamed",
    ADVICE,
    "CloudFormation knows a stack by its name: a deployment makes another one beside it, with sources and mappings of "
    "its own, and what is deployed under the old name stays, and reads on, until somebody deletes it.",
    "keep the name of the stack; or say --stack OLD=NEW, if the two are one stack in two environments",
    pages.DELETION_POLICY,
)
FUNCTION_CHANGED: Final = Kind(
    "function-changed",
    ADVICE,
    "The next batch goes to another target; the position in the source stays.",
    "see that the new target takes the same records, and can be throttled and fail as the old one can",
    pages.MAPPING,
)
MAPPING_ENABLED: Final = Kind(
    "mapping-enabled",
    ADVICE,
    "Lambda reads on from where it stopped: what has waited since comes all at once and late, and what has expired in "
    "the source meanwhile never comes.",
    "see that the function, and what stands behind it, bears the backlog and takes old records; or empty the source "
    "before, if nobody needs them",
    pages.MAPPING_UPDATE,
)
MAPPING_DISABLED: Final = Kind(
    "mapping-disabled",
    DANGER,
    "Nothing takes the records while the mapping is off; they wait in the source until they expire.",
    "leave it enabled; or enable it again before the source's retention is over",
    pages.MAPPING_API,
)
