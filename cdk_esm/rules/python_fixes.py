"""What a fix in Python asks to paste: settings within their range, and what has to be imported for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import Form, Setting
from cdk_esm.plan import Door, MappingPlan

_MODULES: Final[Mapping[str, str]] = {
    "lambda_": "from aws_cdk import aws_lambda as lambda_",
    "esm": "import cdk_esm as esm",
    "event_sources": "from aws_cdk import aws_lambda_event_sources as event_sources",
    "cdk": "import aws_cdk as cdk",
    **{name: f"from aws_cdk import aws_{name} as {name}" for name in ("sqs", "sns", "s3", "kms", "logs", "ec2")},
    **{name: f"from aws_cdk import aws_{name} as {name}" for name in ("kinesis", "dynamodb", "iam")},
}
_USED: Final = re.compile(rf"(?<![\w.])({'|'.join(_MODULES)})\.[A-Z]")


def with_imports(fix: str) -> str:
    """A fix in Python, with the imports of the modules whose classes it names."""
    imports = dict.fromkeys(_MODULES[name] for name in _USED.findall(fix))
    return f"{fix} ({'; '.join(imports)})" if imports else fix


def within(plan: MappingPlan, setting: Setting, value: int | str) -> str:
    """What to set in the place of a value out of range: the nearest end of the range, ready to paste."""
    if isinstance(value, str) or plan.door != Door.CONSTRUCT or setting.keyword is None:
        return f"set {plan.say(setting)} to {plan.range_of(setting)}"
    too_low = setting.minimum is not None and value < setting.minimum
    least = 0 if setting.form is Form.SECONDS and (setting.minimum or 0) < 0 else setting.minimum
    nearest, more = (least, "more") if too_low else (setting.maximum, "less")
    return f"set {plan.say(setting, nearest)} or {more}"
