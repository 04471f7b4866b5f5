"""The policy of a topic that alarms tell must let CloudWatch publish.

SNS gives every topic a policy that lets its own account's alarms in. The first policy that somebody writes, such as one
that only denies plain HTTP, replaces it. The alarm then turns red, its action fails, and nobody hears of it: only the
history of the alarm shows that.

Bad:
    >>> closed = DeafAction(
    ...     alarm="Shop/Late", place="AlarmActions", topic="Shop/Pager", actions=("sns:Publish",), policy="Shop/Door"
    ... )
    >>> ids(replace(mapping(), deaf=(closed,)))
    ['ESM355']

Good:
    >>> ids(replace(mapping(), deaf=()))
    []

Template:
      Resources:
        Pager:
          Type: AWS::SNS::Topic
        Door:
          Type: AWS::SNS::TopicPolicy
          Properties:
            Topics: [!Ref Pager]
            PolicyDocument:
              Statement:
                - Effect: Allow
                  Principal:
    -               Service: events.amazonaws.com
    +               Service: cloudwatch.amazonaws.com
                  Action: sns:Publish
                  Resource: !Ref Pager
        Late:
          Type: AWS::CloudWatch::Alarm
          Properties:
            AlarmActions: [!Ref Pager]
            Namespace: AWS/SQS
            MetricName: ApproximateAgeOfOldestMessage
            Dimensions:
              - Name: QueueName
                Value: orders
            ComparisonOperator: GreaterThanThreshold
            EvaluationPeriods: 1
            Threshold: 60
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      pager = sns.Topic(self, "Pager")
      pager.add_to_resource_policy(
          iam.PolicyStatement(
              actions=["sns:Publish"],
              principals=[iam.ServicePrincipal("events.amazonaws.com")],
              resources=[pager.topic_arn],
          )
      )
    - alarms = esm.Alarms(notify=[pager], grant=False)
    + alarms = esm.Alarms(notify=[pager])
      esm.SqsToLambda(self, "Orders", function=function, alarms=alarms)
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.plan import DeafAction, MappingPlan
from cdk_esm.rules.deaf_actions import one_for_each_topic, with_our_way
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.paste import statement
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS: Final = (
    Fact(
        "ALARM-TOPIC-1",
        "doc",
        "The action of an alarm on a topic fails if the policy of the topic does not let CloudWatch publish, as the "
        "policy does that SNS gives a topic until another one replaces it.",
        page=pages.SNS_ACCESS,
    ),
)
RULE = Rule(
    id="ESM355",
    name="alarm-topic-closed",
    severity=Severity.DANGER,
    facts=("ALARM-TOPIC-1",),
    page=pages.SNS_ACCESS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Tell of each topic once, at the first of the mappings whose alarms it should tell."""
    for plan, one in one_for_each_topic(plans, lambda one: one.policy is not None):
        yield _finding(plan, one)


def _finding(plan: MappingPlan, one: DeafAction) -> Finding:
    return RULE.finding(
        plan,
        setting=one.place,
        got=one.topic,
        allowed="a topic whose policy lets CloudWatch publish",
        message=f"the alarm {one.alarm} tells nobody: the policy {one.policy} replaces the one that lets alarms in, "
        f"and does not allow CloudWatch {one.actions[0]} on the topic {one.topic}",
        fix=with_our_way(plan, f"add this statement to the policy {one.policy}:\n{statement(one.statement)}"),
    )
