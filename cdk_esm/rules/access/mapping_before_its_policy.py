"""The mapping must be made after the policy that lets its poller read.

A policy that is its own resource is made beside the function, and a mapping waits for its function only. Which of
the two is first is a matter of chance: in a new stack the mapping is refused every now and then, and with it the
deployment. A policy within the role itself is always there in time.

Bad:
    >>> late = {"lack": Lack.REFUSED, "policies": ("ReadsOrders",), "ordered": False}
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", **late))
    ['ESM416']

Good:
    >>> in_time = {"lack": Lack.REFUSED, "policies": ("ReadsOrders",), "ordered": True}
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", **in_time))
    []

Template:
      Resources:
        OrdersRole:
          Type: AWS::IAM::Role
        Reads:
          Type: AWS::IAM::Policy
          Properties:
            PolicyName: reads
            Roles: [!Ref OrdersRole]
            PolicyDocument:
              Statement:
                - Effect: Allow
                  Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
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
    +     DependsOn: Reads
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5)
      queue = sqs.Queue(self, "Queue", visibility_timeout=Duration.minutes(3), dead_letter_queue=redrive)
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
      )
      mapping = mine.add_event_source_mapping(
          "Orders", event_source_arn=queue.queue_arn, report_batch_item_failures=True
      )
      receive = iam.PolicyStatement(
          actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], resources=[queue.queue_arn]
      )
      reads = iam.Policy(self, "Reads", roles=[mine.role], statements=[receive])
    + mapping.node.add_dependency(reads)
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import access_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM416",
    name="mapping-before-its-policy",
    severity=Severity.DANGER,
    facts=("SQS-PERM-1",),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that Lambda tries, and that only a policy allows which the mapping does not wait for."""
    late = [one for one in access_of(plan).permissions if one.lack is Lack.REFUSED and one.ordered is False]
    policies = sorted({policy for one in late for policy in one.policies})
    if not policies:
        return
    names, actions = ", ".join(policies), ", ".join(dict.fromkeys(one.action for one in late))
    yield RULE.finding(
        plan,
        setting="DependsOn",
        got=None,
        allowed=names,
        message=f"the mapping does not wait for {names}, which allows {actions}: "
        "where it is made first, AWS refuses it",
        fix=f"add {names} to the DependsOn of the mapping (in CDK: mapping.node.add_dependency(policy)), "
        "or put the statements into the Policies of the role itself",
    )
