"""What the alarms about failed records say of the way back."""

from typing import Final

RUNBOOK: Final = "Runbook: docs/guide/replay.md of cdk-esm."
