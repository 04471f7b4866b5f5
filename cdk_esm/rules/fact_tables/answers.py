"""What functions answer to a batch, and what pollers make of it."""

from __future__ import annotations

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages

FACTS: Final = (
    Fact(
        "ANSWER-1",
        "doc",
        "To a poller a function failed if it raised an exception, crashed or timed out; an answer that names no "
        "failures is a success, and so is any answer if the mapping does not listen.",
        page=pages.SQS_ERRORS,
    ),
    Fact(
        "ANSWER-2",
        "doc",
        "An identifier that is empty or not in the batch, and an entry with another key than itemIdentifier, make the "
        "whole batch fail.",
        page=pages.SQS_ERRORS,
    ),
)
