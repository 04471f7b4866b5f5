"""Filter patterns: read, written, checked for a source, matched on records, and explained.

>>> from cdk_esm import filters
>>> orders = filters.compile("sqs", [{"body": {"total": [{"numeric": [">=", 100]}]}}])
>>> orders.matches({"messageId": "1", "body": '{"total": 120}'})
True
"""

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters import language as f
from cdk_esm.filters.criteria import MOST_FILTERS, FilterCriteria, compile
from cdk_esm.filters.explaining import Explanation, Reason
from cdk_esm.filters.faults import KINDS
from cdk_esm.filters.findings import FilterFinding
from cdk_esm.filters.matching import match
from cdk_esm.filters.parsing import parse, render
from cdk_esm.filters.pattern import Condition, Pattern
from cdk_esm.filters.sample import Proposal, propose

__all__ = [
    "KINDS",
    "MOST_FILTERS",
    "Condition",
    "Explanation",
    "FilterCriteria",
    "FilterFinding",
    "FilterPatternError",
    "Pattern",
    "Proposal",
    "Reason",
    "compile",
    "f",
    "match",
    "parse",
    "propose",
    "render",
]
