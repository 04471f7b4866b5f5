"""The table of bad input for the Kafka constructs: every configuration that must not be built."""

from __future__ import annotations

from tests.cdk.kafka.bad_case import Bad
from tests.cdk.kafka.bad_settings import everywhere, of_sheets
from tests.cdk.kafka.bad_signing_in import SIGNING_IN
from tests.cdk.kafka.bad_types import MISTYPED


def cases() -> dict[str, Bad]:
    """Every case by its sentence."""
    return {**dict(of_sheets()), **dict(everywhere()), **SIGNING_IN, **MISTYPED}
