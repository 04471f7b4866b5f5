"""A filter that some senders satisfy may match nothing of what another one sends.

A queue may get messages as they are, and others in the JSON of Amazon SNS or EventBridge. Where a filter asks for keys
of the payload, all that comes in an envelope is deleted. That may be meant; nothing says so, and nobody is told.

Bad:
    >>> paid = replace(mapping(), filters=('{"body": {"status": ["paid"]}}',))
    >>> ids(with_feeders(paid, "sns", others=True), select=["ESM53"])
    ['ESM532']

Good:
    >>> paid = replace(mapping(), filters=('{"body": {"Subject": ["paid"]}}',))
    >>> ids(with_feeders(paid, "sns", others=True), select=["ESM53"])
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
                    AWS: arn:aws:iam::444455556666:root
                  Action: sqs:SendMessage
                  Resource: !GetAtt OrdersQueue.Arn
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
      orders.queue.grant_send_messages(iam.AccountRootPrincipal())
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
    id="ESM532",
    name="filter-misses-a-feeder",
    severity=Severity.ADVICE,
    facts=("FEED-1", "FEED-2", "FEED-3", "FEED-4", "FEED-5", "FEED-6"),
    page=pages.SNS_RAW_DELIVERY,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for feeders of which nothing passes, where others may send what does."""
    feeders, found = known(plan.feeders), shut_out(plan)
    if not found or all_shut_out(feeders, found):
        return
    sent = "; ".join(dict.fromkeys(map(what_it_sends, found)))
    made = RULE.finding(
        plan,
        setting="FilterCriteria",
        got=", ".join(one.feeder.name for one in found),
        allowed="filters that match something of what each of them sends",
        message=f"no filter matches anything of this: {sent}; others may send to {plan.event_source.identity} too, and "
        f"when a record matches no filter, Lambda {plan.facts.unmatched}",
        fix="if that is meant, acknowledge this; or else " + "; ".join(dict.fromkeys(ways_out(plan, x) for x in found)),
    )
    yield replace(made, page=found[0].envelope.page)
