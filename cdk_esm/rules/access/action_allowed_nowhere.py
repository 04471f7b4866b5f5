"""No policy of the execution role allows what the poller needs of something outside the templates.

AWS lists the action as needed. A queue, a secret, a key or a bucket that is in no template may have a policy that lets
the role in by itself, which nobody can see here. If it has none, the mapping is refused, or it reads nothing.

Bad:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", held=UNKNOWN, nowhere=True))
    ['ESM440']

Good:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", held=UNKNOWN))
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
    -                 Action: sqs:GetQueueUrl
    +                 Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
                      Resource: arn:aws:sqs:eu-west-1:111122223333:orders
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Role: !GetAtt OrdersRole.Arn
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
      nothing = esm.NoDeadLetterQueue("the owner of the queue sees to it")
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
    -                     actions=["sqs:GetQueueUrl"],
    +                     actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                          resources=[queue.queue_arn],
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
      esm.SqsToLambda(
          self,
          "Orders",
          function=mine,
          queue=queue,
          dead_letter_queue=nothing,
          grants=False,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import nowhere, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM440",
    name="action-allowed-nowhere",
    severity=Severity.ADVICE,
    facts=("SQS-PERM-1", "iam.kinesis_shared", "iam.msk_provisioned", "iam.mq_activemq", "iam.destinations"),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that only a policy out of sight could allow."""
    for lack in (Lack.REFUSED, Lack.STUCK):
        for one in nowhere(plan, lack):
            yield RULE.finding(
                plan,
                setting="Role",
                got=None,
                allowed=f"a role that is allowed {one.actions}",
                message=f"no policy of {role_name(plan)} allows {one.actions} on {one.place}, "
                "and only a policy there, which is in no template, could let it in",
                fix=f"allow {one.actions} on {one.place} in a policy of the role",
            )
