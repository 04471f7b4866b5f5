"""Facts about mappings that no rule checks, each with the reason: nothing is left out by oversight."""

from collections.abc import Mapping
from typing import Final

NOT_RULES: Final[Mapping[str, str]] = {
    "DOC-4": "whether a change stream is on, and since when, is a command to the database and not in a template",
    "FN-5": "unverified, and no fault by itself",
    "FN-7": "the size of records is not known before they come",
    "ID-4": "only a change shows it: `cdk-esm diff` tells it as setting-stays",
    "ID-5": "only a change shows it: `cdk-esm diff` tells what it replaces",
    "ID-6": "a moment in a deployment",
    "ID-8": "whether a stream or a function exists in AWS is not in a template",
    "KAF-AUTH-8": "unverified, and both forms are in use",
    "KAF-WIN-1": "only a change shows it: docs/reference/sources.md says it with the window's default",
    "KIN-3": "whether producers aggregate their records is not in a template",
    "KIN-4": "whether producers aggregate their records is not in a template",
    "KIN-7": "no source of mappings, and ESM224 can be acknowledged either way",
    "SQS-BATCH-4": "latency only: said in docs/reference/sources.md",
    "SQS-CONC-6": "no effect, and the number of groups is not in a template",
    "SQS-DLQ-6": "inherent in a FIFO queue with a dead-letter queue; the docstring of SqsFifoToLambda says so",
    "STR-DEST-6": "how soon people look is not in a template; our new queues keep messages for as long as SQS can",
    "STR-TW-2": "what a handler returns is not in a template",
    "STR-TW-3": "unverified, and no fault by itself",
}
"""Fact id to reason."""
