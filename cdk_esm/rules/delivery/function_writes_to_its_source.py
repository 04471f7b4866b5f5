"""A function that writes to the queue that feeds it invokes itself.

Lambda watches for such loops and stops a message after some rounds: it is dropped, or moved to the dead-letter queue
if there is one. Until then every round costs an invocation, and the queue never runs empty.

Bad:
    >>> loop = frozenset({mapping().event_source.identity})
    >>> ids(with_function(mapping(), writes_to=loop))
    ['ESM312']

Good:
    >>> ids(with_function(mapping(), writes_to=frozenset({"arn:aws:sqs:eu-west-1:111122223333:invoices"})))
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
    -               - Effect: Allow
    -                 Action: sqs:SendMessage
    -                 Resource: !GetAtt OrdersQueue.Arn
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
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - orders = esm.SqsToLambda(self, "Orders", function=function)
    - orders.queue.grant_send_messages(orders.function)
    + invoices = sqs.Queue(self, "Invoices")
    + orders = esm.SqsToLambda(self, "Orders", function=function)
    + invoices.grant_send_messages(orders.function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.loops import who_stops_it
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM312",
    name="function-writes-to-its-source",
    severity=Severity.DANGER,
    facts=("FN-8", "FN-9", "FN-10"),
    page=pages.RECURSION,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the source among the queues that the function's role may send to."""
    source = plan.event_source.identity
    if source not in plan.function.writes_to:
        return
    yield RULE.finding(
        plan,
        setting="Role",
        got=source,
        allowed="any queue but the source",
        message="the function may send to the queue that feeds it: a message that it sends there invokes it again, and "
        + who_stops_it(plan),
        fix="send to another queue, or take sqs:SendMessage on the source queue from the function's role",
    )
