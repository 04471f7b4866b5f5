"""What the sheets tell of a keyword that could not be taken: its page, who takes it, and what it is called here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import SourceFacts
from cdk_esm.sources import SOURCES, pages

_OF_CDK: Final[Mapping[str, str]] = {
    "function": pages.CDK_LAMBDA,
    "queue": pages.CDK_SQS,
    "dead_letter_queue": pages.CDK_SQS,
    "stream": pages.CDK_KINESIS,
    "table": pages.CDK_DYNAMODB,
}
"""Resources that CDK makes: what a slot takes is said where CDK says it."""
_NO_SETTINGS: Final[Mapping[str, str]] = {
    "alarms": pages.PUT_ALARM,
    "alarms.notify": pages.ALARM_ACTIONS,
    "acknowledge": pages.CDK_VALIDATION,
    "tags": pages.MAPPING_TAGS,
    "removal_policy": pages.DELETION_POLICY,
    "network": pages.ACCESS_API,
    "root_certificate": pages.ACCESS_API,
    "virtual_host": pages.ACCESS_API,
    "visibility_timeout_factor": pages.SQS_CONFIGURE,
    "max_receive_count": pages.SQS_CONFIGURE,
}
"""Keywords that no setting has, or whose setting has a page that says less."""
_TELLING: Final = 5
"""Letters of a name that tells what is meant: ``Type`` and ``URI`` are in several records."""
_RECORDS: Final[Mapping[str, str]] = {
    "Alarms": pages.PUT_ALARM,
    "ClusterConnection": pages.MSK_CROSS_ACCOUNT,
    "KafkaAuthentication": pages.KAFKA_ACCESS,
    "MskAuthentication": pages.MSK_SIGN_IN,
    "NoDeadLetterQueue": pages.SQS_DEAD_LETTER,
    "OnFailure": pages.MAPPING,
    "ProvisionedPollers": pages.MAPPING,
    "SecretArn": pages.ACCESS_API,
    "VpcAccess": pages.ACCESS_API,
}
"""Records that are not made of a class of CDK, by their names."""


def page_of_keyword(sheet: SourceFacts | None, path: str, keyword: str) -> str:
    """The page about a keyword, or about the record that it is a part of.

    Args:
        sheet: the source; ``None`` for the call of a record, which belongs to none.
        path: the path of the construct, or the name of the record.
        keyword: the keyword as the user wrote it, such as ``alarms.periods['age']``, or the setting in a template.

    Returns:
        The page; empty if there is none that says more than that of the rule.
    """
    if sheet is None:
        return _RECORDS.get(path.partition(".")[0], "")
    own = keyword.partition("[")[0]
    first = own.partition(".")[0]
    if first == "authentication":
        return sheet.pages_on.get(first, "")
    named = _OF_CDK.get(first) or _NO_SETTINGS.get(own) or _NO_SETTINGS.get(first)
    wanted = {own, first}
    return named or next((one.page for one in sheet.settings if wanted & {one.keyword, one.name}), "")


def who_has(keyword: str) -> str:
    """Which constructs take a keyword that another one has not, as the end of a sentence; empty if none does."""
    having = [sheet for sheet in SOURCES.values() if any(one.keyword == keyword for one in sheet.settings)]
    others = ", ".join(dict.fromkeys(sheet.construct for sheet in having if sheet.construct is not None))
    return f": it is a keyword of {others}" if others else ""


def of_aws(name: str, construct: str) -> list[str]:
    """The keyword of a construct for a setting that was given by AWS's name, as CloudFormation or CDK writes it."""
    plain = name.replace("_", "").lower()
    settings = [one for sheet in SOURCES.values() if sheet.construct == construct for one in sheet.settings]
    fit = (one.keyword for one in settings if one.keyword and one.name.rpartition(".")[2].lower() == plain)
    return [keyword.partition(".")[0] for keyword in fit if len(plain) >= _TELLING][:1]
