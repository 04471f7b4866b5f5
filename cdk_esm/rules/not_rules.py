"""Facts about mappings that no rule checks, each with the reason: nothing is left out by oversight."""

from collections.abc import Mapping
from typing import Final

NOT_RULES: Final[Mapping[str, str]] = {
    "FIL-5": "how patterns combine, not a fault",
    "FN-5": "unverified, and no fault by itself",
    "FN-7": "the size of records is not known before they come",
    "ID-6": "a moment in a deployment",
    "MET-3": "no metrics to configure: ESM102 refuses MetricsConfig there",
    "SQS-BATCH-4": "latency only: said in docs/sources.md",
    "SQS-CONC-6": "no effect, and the number of groups is not in a template",
    "SQS-DLQ-6": "inherent in a FIFO queue with a dead-letter queue; the docstring of SqsFifoToLambda says so",
}
"""Fact id to reason."""
