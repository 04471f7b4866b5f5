"""The execution role must be allowed to read from this very source.

The role holds the right actions, on another queue, stream or secret: a policy was copied, or the source of the mapping
was changed and the policy was not. Lambda tries the actions on the source of the mapping, and refuses it.

Bad:
    >>> other = "arn:aws:sqs:eu-west-1:111122223333:refunds"
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=False, elsewhere=(other,)))
    ['ESM415']

Good:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=True))
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
    -                 Resource: !GetAtt RefundsQueue.Arn
    +                 Resource: !GetAtt OrdersQueue.Arn
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
        RefundsQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 180
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5)
      queue = sqs.Queue(self, "Queue", visibility_timeout=Duration.minutes(3), dead_letter_queue=redrive)
      refunds = sqs.Queue(self, "Refunds")
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
                          actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    -                     resources=[refunds.queue_arn],
    +                     resources=[queue.queue_arn],
                      ),
                  ]
              )
          },
      )
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
          role=role,
      )
      esm.SqsToLambda(self, "Orders", function=mine, queue=queue, grants=False)
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM415",
    name="action-allowed-elsewhere",
    severity=Severity.ERROR,
    facts=(
        "SQS-PERM-1",
        "iam.kinesis_shared",
        "iam.dynamodb_streams",
        "iam.mq_activemq",
    ),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that the role is allowed on something else only."""
    for one in missing(plan, Lack.REFUSED):
        if not one.elsewhere:
            continue  # ESM414 says so
        yield RULE.finding(
            plan,
            setting="Role",
            got=one.elsewhere,
            allowed=one.place,
            message=f"{role_name(plan)} is allowed {one.actions} on {one.elsewhere}, and not on {one.place}: "
            "AWS refuses the mapping",
            fix=f"allow {one.actions} on {one.place}",
        )
