"""A policy that AWS manages lets the function read every source of its kind in the account.

The policies that AWS offers for pollers speak of all resources. The mapping works; and whoever gets hold of the
function reads, and deletes, the messages of every other queue too. Your own policy can name the one source.

Bad:
    >>> ids(with_permissions(mapping(), managed=["AWSLambdaSQSQueueExecutionRole"]))
    ['ESM422']

Good:
    >>> ids(with_permissions(mapping(), managed=["AWSLambdaBasicExecutionRole"]))
    []

Template:
      Resources:
        OrdersRole:
          Type: AWS::IAM::Role
          Properties:
    -       ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole]
    +       Policies:
    +         - PolicyName: orders
    +           PolicyDocument:
    +             Statement:
    +               - Effect: Allow
    +                 Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
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
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
      )
    - managed = "service-role/AWSLambdaSQSQueueExecutionRole"
    - mine.role.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name(managed))
      esm.SqsToLambda(self, "Orders", function=mine)
"""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from cdk_esm.facts import Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.managed_policies import MANAGED_POLICIES

RULE = Rule(
    id="ESM422",
    name="managed-policy-on-everything",
    severity=Severity.ADVICE,
    facts=("iam.notes",),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look for policies that allow the actions on the source, and so on every other.

    What SAM itself adds for its events is told once for each template: it is the same everywhere there, and nobody who
    wrote an event chose it.
    """
    told: set[tuple[str | None, str]] = set()
    for plan in sorted(plans, key=lambda plan: RULE.id in plan.acknowledged):  # what is agreed to tells for no other
        needed = [action for grant in plan.facts.grants if grant.on is Neighbour.SOURCE for action in grant.actions]
        for name in _managed(plan):
            given = [one for one in needed if any(fnmatchcase(one, other) for other in MANAGED_POLICIES.get(name, ()))]
            by_sam = plan.wording is not None and plan.wording.adds(name)
            if not given or (by_sam and (plan.template, name) in told):
                continue
            told.add((plan.template, name))
            yield RULE.finding(
                plan,
                setting="Role",
                got=name,
                allowed="a policy that names the source",
                message=f"{name} allows {', '.join(given)} on every resource, not only on the source"
                + (", and so for each event of its kind in this template" if by_sam else ""),
                fix=f"allow them in your own policy on {plan.event_source.identity} alone, and take {name} away",
            )


def _managed(plan: MappingPlan) -> Iterable[str]:
    """The policies that AWS manages among those of the role; none of a role into which nobody looked."""
    access = plan.role.access
    return () if access is None or plan.role.declined else dict.fromkeys(access.managed)
