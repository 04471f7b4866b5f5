"""What a new rule, its tests and its corruption look like before they are filled in.

They are valid code whose tests fail: whatever says "write here" has to go.
"""

from typing import Final

RULE: Final = '''\
"""Write here, in one line, what must hold, or what is wrong.

Write here, in a sentence or two, what happens then: what is lost, repeated, blocked, leaked or refused, and what helps.

Bad:
    >>> ids(mapping("sqs"))
    ['$id']

Good:
    >>> ids(mapping("sqs"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       BatchSize: write here what breaks the rule
    +       BatchSize: write here what is right; with more resources, if it takes some; nothing else is changed

Python:
    - esm.SqsToLambda(self, "Orders", function=function, batch_size="write here what breaks the rule")
    + esm.SqsToLambda(self, "Orders", function=function, batch_size="write here what is right")
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

# Write here the fact behind the rule, or delete FACTS if docs/reference/facts.md has it: then RULE names its id.
FACTS = (Fact("$id-FACT", "unverified", "Write here what AWS does, in a sentence."),)
RULE = Rule(
    id="$id",
    name="$name",
    severity=Severity.ADVICE,  # write here how bad it is: the docstring of Severity says how to choose
    facts=("$id-FACT",),
    page=pages.MAPPING,  # write here the page to read, one of cdk_esm/sources/pages.py
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Write here what is compared with what."""
    broken = False  # write here the comparison, of values that known(...) gives
    if broken:
        yield RULE.finding(
            plan,
            setting="BatchSize",  # write here CloudFormation's name of what is wrong
            got=plan.given("BatchSize"),
            allowed="write here what is allowed",
            message=f"write here what is wrong with {plan.say('BatchSize')}",
            fix="write here the change to make",
        )
'''

TESTS: Final = """\
import pytest


def test_${snake}_is_found() -> None:
    pytest.fail("write here a mapping that breaks the rule, and assert that ids(mapping) == ['$id']")


def test_what_is_right_has_no_finding() -> None:
    pytest.fail("write here the nearest mapping that is right, and one with UNKNOWN, and assert that $id is silent")
"""

CORRUPTION: Final = '''\
"""The corruption of $id: write here what it changes in a legal template."""

from __future__ import annotations

import pytest

from tests.core.generated.case import Case
from tests.core.generated.corruption import EVERY, corrupts


@corrupts("$id", on=EVERY)  # write here the source kinds that it is for
def _$snake(case: Case) -> None:
    pytest.fail(
        f"write here one change of a legal template of {case.kind} after which $id must speak; if no template can "
        "break the rule, delete this file and say why in OUT_OF_REACH of test_corruptions.py"
    )
'''
