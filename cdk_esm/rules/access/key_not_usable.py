"""The execution role must be allowed to use the customer key that a neighbour is encrypted with.

The role may read the queue, and gets nothing out of it: SQS and Kinesis decrypt in the name of the reader. The mapping
is there and polls in vain, a secret stays closed, and a destination takes no failed record. Neither the role's policies
nor the policy of the key, both in the templates, allow it.

Bad:
    >>> ids(with_permission(mapping(), "kms:Decrypt", on="source-key", held=False))
    ['ESM419']

Good:
    >>> ids(with_permission(mapping(), "kms:Decrypt", on="source-key", held=True))
    []

Template:
      Resources:
        Key:
          Type: AWS::KMS::Key
          Properties:
            KeyPolicy:
              Statement:
                - Effect: Allow
                  Principal:
                    AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
                  Action: kms:*
                  Resource: '*'
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
    +               - Effect: Allow
    +                 Action: kms:Decrypt
    +                 Resource: !GetAtt Key.Arn
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
            KmsMasterKeyId: !Ref Key
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
      key = kms.Key(self, "Key")
      queue = sqs.Queue(
          self,
          "Queue",
          visibility_timeout=Duration.minutes(3),
          dead_letter_queue=redrive,
          encryption_master_key=key,
      )
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
                          actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                          resources=[queue.queue_arn],
                      ),
    +                 iam.PolicyStatement(
    +                     actions=["kms:Decrypt"],
    +                     resources=[key.key_arn],
    +                 ),
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
from cdk_esm.rules.permissions import KEYS, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM419",
    name="key-not-usable",
    severity=Severity.DANGER,
    facts=(
        "iam.sqs_standard",
        "iam.dynamodb_streams",
        "iam.destinations",
    ),
    page=pages.SQS_LAMBDA_TRIGGER,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for keys of neighbours that the role may not use."""
    for one in missing(plan, Lack.STUCK, on=KEYS):
        yield RULE.finding(
            plan,
            setting="Role",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}",
            fix=one.fix(f"allow {one.actions} on {one.place}, in a policy of the role or in that of the key"),
        )
