"""A choice that gives up a safeguard was made without a reason.

To go without a dead-letter queue, to discard failed records or to switch an alarm off can be right. The next reader,
and whoever is on call when records are missing, must be able to see that somebody meant it, and why.

Bad:
    >>> bare = Malformed(
    ...     problem="reason", keyword="NoDeadLetterQueue", got="''", accepted="a reason", fix="say why there is none"
    ... )
    >>> ids(replace(mapping(), malformed=(bare,)), select=["ESM005"])
    ['ESM005']

Good:
    >>> ids(replace(mapping(), malformed=()))
    []

Template:
    none: keywords are not in a template.

Python:
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     dead_letter_queue=esm.NoDeadLetterQueue(""),
    +     dead_letter_queue=esm.NoDeadLetterQueue("readings are worthless after a minute"),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM005", name="reason-missing", severity=Severity.ERROR, facts=(), page=pages.CDK_VALIDATION)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every choice that wants a reason and has none."""
    for keyword in plan.malformed:
        if keyword.problem != "reason":
            continue
        yield RULE.finding(
            plan,
            setting=keyword.keyword,
            got=keyword.got,
            allowed=keyword.accepted,
            message=f"{keyword.keyword} needs {keyword.accepted}, got {keyword.got}",
            fix=keyword.fix,
        )
