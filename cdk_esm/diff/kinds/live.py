"""Kinds of what a list of deployed mappings shows against the templates: what is off, fails, or was changed by hand."""

from __future__ import annotations

from typing import Final

from cdk_esm.diff.changes import ADVICE, DANGER, Kind
from cdk_esm.sources import pages

LIVE_DISABLED: Final = Kind(
    "live-disabled",
    DANGER,
    "The mapping is off although its template has it enabled: nothing takes the records, they wait in the source until "
    "they expire, and a deployment that does not change Enabled leaves it off.",
    "find out who turned it off and why; then aws lambda update-event-source-mapping --uuid UUID --enabled",
    pages.LIVE_MAPPING,
)
LIVE_FAILED: Final = Kind(
    "live-failed",
    DANGER,
    "Lambda could not process the last batch, or has stopped polling: records wait in the source, and expire there if "
    "it stays so.",
    "read the function's log and the mapping's metrics, and mend what the result names, before you deploy",
    pages.LIVE_MAPPING,
)
LIVE_DRIFT: Final = Kind(
    "live-drift",
    ADVICE,
    "The value was changed by hand. CloudFormation does not know of it: it stays until the template changes this "
    "property, and a roll-back or a replacement takes it away.",
    "write the live value into the template, or set the template's value again by hand",
    pages.LIVE_MAPPING,
)
LIVE_UNKNOWN: Final = Kind(
    "live-in-no-template",
    ADVICE,
    "The mapping reads and invokes, and no template that was given has it: it is another application's, or was made by "
    "hand.",
    "give the template that has it too; or delete it, if nobody needs it",
    pages.LIVE_MAPPING,
)
LIVE_MISSING: Final = Kind(
    "live-missing",
    ADVICE,
    "The template has the mapping, and the list does not: it was deleted by hand, or the list is not of all functions.",
    "list the mappings of the whole account and Region; if it is really gone, remove it from the template, deploy, and "
    "add it again",
    pages.LIVE_MAPPING,
)
