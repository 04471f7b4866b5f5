"""A record for a new resource was given a property of CDK that it does not take.

Everything that CDK's constructor takes is taken, but for a few properties that the construct itself has to settle, or
that do not belong to such a resource. The message says why, and the fix leads around it.

Bad:
    >>> one = Malformed(
    ...     problem="declined-keyword", keyword="dead_letter_queue", got="a queue", accepted="it is ours", fix="…"
    ... )
    >>> ids(replace(mapping(), malformed=(one,)), select=["ESM008"])
    ['ESM008']

Good:
    >>> ids(replace(mapping(), malformed=()))
    []

Template:
    none: keywords are not in a template.

Python:
      failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14), enforce_ssl=True)
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     queue=esm.NewQueue(dead_letter_queue=sqs.DeadLetterQueue(queue=failed, max_receive_count=5)),
    +     dead_letter_queue=failed,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM008", name="declined-keyword", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every property that is not taken."""
    for keyword in plan.malformed:
        if keyword.problem != "declined-keyword":
            continue
        yield finding_on(RULE, plan, keyword, f"{keyword.keyword} is not taken here: {keyword.accepted}")
