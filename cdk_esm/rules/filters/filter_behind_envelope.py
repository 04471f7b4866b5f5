"""A filter must ask for what arrives: what services send to a queue or a stream is often not the payload alone.

Amazon SNS puts a message into other JSON, EventBridge sends the whole event, Amazon S3 a list of records, and
CloudWatch Logs compressed data. A filter on the keys of the payload matches none of it. All of it is deleted, or passed
by, and neither the function nor a dead-letter queue ever sees it.

Bad:
    >>> paid = replace(mapping(), filters=('{"body": {"status": ["paid"]}}',))
    >>> ids(with_feeders(paid, "sns"), select=["ESM53"])
    ['ESM531']

Good:
    >>> paid = replace(mapping(), filters=('{"body": {"Subject": ["paid"]}}',))
    >>> ids(with_feeders(paid, "sns"), select=["ESM53"])
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 180
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
        OrdersQueuePolicy:
          Type: AWS::SQS::QueuePolicy
          Properties:
            Queues: [!Ref OrdersQueue]
            PolicyDocument:
              Statement:
                - Effect: Allow
                  Principal:
                    Service: sns.amazonaws.com
                  Action: sqs:SendMessage
                  Resource: !GetAtt OrdersQueue.Arn
                  Condition:
                    ArnEquals:
                      aws:SourceArn: !Ref Events
        Events:
          Type: AWS::SNS::Topic
        Feed:
          Type: AWS::SNS::Subscription
          Properties:
            TopicArn: !Ref Events
            Protocol: sqs
            Endpoint: !GetAtt OrdersQueue.Arn
    +       RawMessageDelivery: true
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"status": ["paid"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      orders = esm.SqsToLambda(self, "Orders", function=function, filters=[{"body": {"status": ["paid"]}}])
      events = sns.Topic(self, "Events")
    - events.add_subscription(subscriptions.SqsSubscription(orders.queue))
    + events.add_subscription(subscriptions.SqsSubscription(orders.queue, raw_message_delivery=True))
"""

from collections.abc import Iterator
from dataclasses import replace

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.envelopes import all_shut_out, shut_out, ways_out, what_it_sends
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM531",
    name="filter-behind-envelope",
    severity=Severity.DANGER,
    facts=("FEED-1", "FEED-2", "FEED-3", "FEED-4", "FEED-5", "FEED-6"),
    page=pages.SNS_RAW_DELIVERY,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether a filter can match what any of the feeders sends, where all of them are known."""
    feeders, found = known(plan.feeders), shut_out(plan)
    if not found or not all_shut_out(feeders, found):
        return
    first = found[0]
    sent = "; ".join(dict.fromkeys(map(what_it_sends, found)))
    text = "; no filter sees into a text" if any(one.in_text for one in found) else ""
    made = RULE.finding(
        plan,
        setting="FilterCriteria",
        got=", ".join(one.feeder.name for one in found),
        allowed="a filter that matches what is sent",
        message=f"{first.place} matches nothing that is sent to {plan.event_source.identity}: {sent}{text}; when a "
        f"record matches no filter, Lambda {plan.facts.unmatched}",
        fix="; ".join(dict.fromkeys(ways_out(plan, one) for one in found)),
    )
    yield replace(made, page=found[0].envelope.page)
