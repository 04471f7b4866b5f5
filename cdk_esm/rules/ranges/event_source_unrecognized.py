"""The mapping does not say, in the one way that its source wants, where the records come from.

A source inside AWS is named by its ARN, a self-managed cluster by its addresses, and a mapping takes exactly one of the
two. Lambda refuses everything else with three words, "Unrecognized event source", that tell nothing.

Bad:
    >>> ids(mapping("sqs", EventSourceArn="arn:aws:sns:eu-west-1:111122223333:orders"), select=["ESM108"])
    ['ESM108']

Good:
    >>> ids(mapping("sqs", EventSourceArn="arn:aws:sqs:eu-west-1:111122223333:orders"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
    -       EventSourceArn: arn:aws:sns:eu-west-1:111122223333:orders
    +       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sns:eu-west-1:111122223333:orders")
    + queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
          queue=queue,
          dead_letter_queue=esm.NoDeadLetterQueue("the queue's owner sees to it"),
      )
"""

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import NO_SOURCE, SOURCES, pages

RULE = Rule(
    id="ESM108",
    name="event-source-unrecognized",
    severity=Severity.ERROR,
    facts=("ID-7",),
    page=pages.MAPPING_API,
    of_no_source=True,
)

_ARN: Final = re.compile(r"arn:[^:]+:(?P<service>[^:]+):[^:]*:[^:]*:.+")


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the one that the source wants, for the other, and at the service in the ARN."""
    for one in plan.misplaced:
        if one.place == "EventSourceArn":
            yield RULE.finding(
                plan,
                setting=one.place,
                got=one.written,
                allowed=one.wanted,
                message=f"{one.place}: {one.written} {one.fault}, and a mapping takes {one.wanted} there",
                fix=one.fix,
            )
            return
    if plan.source == NO_SOURCE.kind:
        yield _no_source(plan)
        return
    service = plan.facts.arn_service
    wanted, other = "EventSourceArn", "SelfManagedEventSource"
    if service is None:
        wanted, other = other, wanted
    given, besides = known(plan.given(wanted)), known(plan.given(other))
    arn = _ARN.fullmatch(given) if isinstance(given, str) else None
    if given is None:
        message = f"{plan.say(wanted)} is missing: {plan.facts.label} is found by nothing else"
    elif besides is not None:
        message = f"{plan.say(wanted)} and {plan.say(other)} exclude each other, got both"
    elif service is None or (arn is not None and arn["service"] == service):
        return
    else:
        named = "is no ARN" if arn is None else f"names the service {arn['service']}"
        message = f"{plan.say(wanted, given)} {named}: {plan.facts.label} has an ARN of the service {service}"
    allowed = f"{plan.say(wanted)} alone" + ("" if service is None else f", with an ARN of the service {service}")
    yield RULE.finding(
        plan,
        setting=wanted if given is None or besides is None else other,
        got=given if besides is None else besides,
        allowed=allowed,
        message=message,
        fix=f"give {allowed}",
    )


def _no_source(plan: MappingPlan) -> Finding:
    """A finding on a source of a service that no mapping reads."""
    given = plan.given("EventSourceArn")
    arn = _ARN.fullmatch(given) if isinstance(given, str) else None
    services = ", ".join(sorted({sheet.arn_service for sheet in SOURCES.values() if sheet.arn_service is not None}))
    named = "this" if arn is None else f"the service {arn['service']}"
    return RULE.finding(
        plan,
        setting="EventSourceArn",
        got=given,
        allowed=f"an ARN of one of the services {services}",
        message=f"{plan.say('EventSourceArn', given)}: no mapping reads {named}; its sources are of {services}",
        fix="map a source that mappings read; a topic, a bucket or an event bus invokes the function itself, or sends "
        "to a queue that is mapped",
    )
