"""Nobody sees what a filter takes out, unless the mapping counts its events.

Messages that match no filter are deleted from the queue and never reach a dead-letter queue. Only the count of
filtered events tells of them, and it exists only where the mapping's metrics are switched on: without it a filter that
is wrong by one letter looks like a quiet day.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',)))
    ['ESM508']

Good:
    >>> watched = mapping(MetricsConfig={"Metrics": ["EventCount"]})
    >>> ids(replace(watched, filters=('{"body": {"total": [100]}}',)))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"total": [100]}}'
    +       MetricsConfig:
    +         Metrics: [EventCount]

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders",
          function_response_types=["ReportBatchItemFailures"],
          filter_criteria=Mapping.FilterCriteriaProperty(
              filters=[Mapping.FilterProperty(pattern='{"body": {"total": [100]}}')]
          ),
    +     metrics_config=Mapping.MetricsConfigProperty(metrics=["EventCount"]),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM508",
    name="filter-unwatched",
    severity=Severity.ADVICE,
    facts=("SQS-FILTER-3", "MET-2"),
    page=pages.METRICS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for filters without the metric that counts what they take out."""
    plan.source_as(Queue)  # a stream keeps what a filter passes over
    if not list(known_patterns(plan)):
        return
    metrics = [known(metric) for metric in known(plan.given("MetricsConfig.Metrics")) or ()]
    if "EventCount" in metrics:
        return
    yield RULE.finding(
        plan,
        setting="MetricsConfig.Metrics",
        got=plan.given("MetricsConfig.Metrics"),
        allowed="EventCount",
        message=f"without EventCount in {plan.say('MetricsConfig.Metrics')} nobody can see how many messages match "
        f"none of the {plan.say('FilterCriteria')}: Lambda {plan.facts.unmatched}",
        fix=f"add EventCount to {plan.say('MetricsConfig.Metrics')}, and watch FilteredOutEventCount",
    )
