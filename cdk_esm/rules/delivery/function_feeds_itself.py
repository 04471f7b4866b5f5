"""What a function sends must not come back to it over a topic, an event bus, a bucket or a dead-letter queue.

A function that publishes to a topic which delivers to its own queue invokes itself, just as one does that writes to the
queue directly. Every round costs an invocation and makes the next one. Lambda stops some of these loops after a while,
and others never.

Bad:
    >>> ids(replace(mapping(), loops=(Loop(through=Way.TOPIC, place="Shop/Events", by="Feed"),)))
    ['ESM350']

Good:
    >>> narrow = Loop(through=Way.TOPIC, place="Shop/Events", by="Feed", narrowed="the filter policy")
    >>> ids(replace(mapping(), loops=(narrow,)))
    []

Template:
      Resources:
        OrdersRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyName: orders
                PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
                      Resource: !GetAtt OrdersQueue.Arn
                    - Effect: Allow
                      Action: sns:Publish
                      Resource: !Ref Events
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Role: !GetAtt OrdersRole.Arn
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
        Events:
          Type: AWS::SNS::Topic
        Feed:
          Type: AWS::SNS::Subscription
          Properties:
            TopicArn: !Ref Events
            Protocol: sqs
            Endpoint: !GetAtt OrdersQueue.Arn
    +       FilterPolicy: {kind: [order]}
    +       FilterPolicyScope: MessageAttributes
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      events = sns.Topic(self, "Events")
      orders = esm.SqsToLambda(self, "Orders", function=function)
    - events.add_subscription(subscriptions.SqsSubscription(orders.queue))
    + only = {"kind": sns.SubscriptionFilter.string_filter(allowlist=["order"])}
    + events.add_subscription(subscriptions.SqsSubscription(orders.queue, filter_policy=only))
      events.grant_publish(orders.function)
"""

from collections.abc import Iterator

from cdk_esm.plan import Loop, MappingPlan, Way
from cdk_esm.plan.loops import who_stops_it
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM350",
    name="function-feeds-itself",
    severity=Severity.DANGER,
    facts=("FN-9", "FN-10"),
    page=pages.RECURSION,
)
_FIX = {
    Way.TOPIC: "publish to another topic, or give the subscription {by} a filter policy that leaves out what this "
    "function publishes",
    Way.EVENT_BUS: "narrow the event pattern of {by} so that it leaves out what this function puts, by source or "
    "detail-type, or put events on another bus",
    Way.BUCKET: "write to another bucket, or give {by} a prefix under which this function does not write, and let its "
    "role write under another one only",
    Way.DEAD_LETTERS: "send to another queue, or count the rounds in the message and give it up after a few; the "
    "redrive of Amazon SQS moves messages back without a function",
}


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for ways back that take whatever is sent; what narrows one is a line in the report."""
    for one in plan.loops:
        if one.narrowed is None:
            yield RULE.finding(
                plan,
                setting="Role",
                got=one.place,
                allowed="a way on which nothing comes back",
                message=f"{_way(one)}: what it sends there invokes it again, and {who_stops_it(plan, one)}",
                fix=_FIX[one.through].format(by=one.by) + "; or take the action from the role of the function",
            )


def _way(one: Loop) -> str:
    if one.through is Way.DEAD_LETTERS:
        return f"the function reads the dead-letter queue of {one.place}, and may send to {one.place} itself"
    return f"the function may send to the {one.through} {one.place}, of which {one.by} brings everything to its source"
