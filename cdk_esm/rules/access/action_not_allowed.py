"""The execution role must be allowed what Lambda tries while it makes the mapping.

Lambda reads from the source, and opens the secret, with that role before it answers. If the role lacks one of the
actions, the mapping is refused, and the deployment rolls back. No policy of the role in the templates
allows them, and nothing else can before the first deployment. If somebody else attaches a policy to the role before
that, a reason settles it.

Bad:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=False))
    ['ESM414']

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
    -                 Action: [sqs:DeleteMessage, sqs:GetQueueAttributes]
    +                 Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
                      Resource: !GetAtt OrdersQueue.Arn
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
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5)
      queue = sqs.Queue(self, "Queue", visibility_timeout=Duration.minutes(3), dead_letter_queue=redrive)
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
    -                     actions=["sqs:DeleteMessage", "sqs:GetQueueAttributes"],
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
      esm.SqsToLambda(self, "Orders", function=mine, queue=queue, grants=False)
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM414",
    name="action-not-allowed",
    severity=Severity.ERROR,
    facts=(
        "SQS-PERM-1",
        "iam.kinesis_shared",
        "iam.dynamodb_streams",
        "iam.mq_activemq",
    ),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that no policy of the role allows anywhere."""
    for one in missing(plan, Lack.REFUSED):
        if one.elsewhere:
            continue  # ESM415 says where
        yield RULE.finding(
            plan,
            setting="Role",
            got=None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}: AWS refuses the mapping",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
