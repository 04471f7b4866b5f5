"""The key of a topic that alarms tell must let CloudWatch use it.

Whoever publishes to an encrypted topic needs the key. A key whose policy names only its account shuts the service out,
and so does ``alias/aws/sns``, whose policy nobody can change. The alarm then turns red, its action fails, and nobody
hears of it.

Bad:
    >>> closed = DeafAction(
    ...     alarm="Shop/Late", place="AlarmActions", topic="Shop/Pager", actions=("kms:Decrypt",), key="Shop/Seal"
    ... )
    >>> ids(replace(mapping(), deaf=(closed,)))
    ['ESM356']

Good:
    >>> ids(replace(mapping(), deaf=()))
    []

Template:
      Resources:
        Seal:
          Type: AWS::KMS::Key
          Properties:
            KeyPolicy:
              Statement:
                - Effect: Allow
                  Principal:
                    AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
                  Action: kms:*
                  Resource: '*'
    +           - Effect: Allow
    +             Principal:
    +               Service: cloudwatch.amazonaws.com
    +             Action: [kms:Decrypt, kms:GenerateDataKey]
    +             Resource: '*'
        Pager:
          Type: AWS::SNS::Topic
          Properties:
            KmsMasterKeyId: !Ref Seal
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
      pager = sns.Topic(self, "Pager", master_key=kms.Key(self, "Seal"))
    - alarms = esm.Alarms(notify=[pager], grant=False)
    + alarms = esm.Alarms(notify=[pager])
      esm.SqsToLambda(self, "Orders", function=function, alarms=alarms)
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.plan import DeafAction, MappingPlan
from cdk_esm.plan.deaf_alarms import key_statement
from cdk_esm.rules.deaf_actions import one_for_each_topic, with_our_way
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.paste import statement
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS: Final = (
    Fact(
        "ALARM-KEY-1",
        "doc",
        "A service that publishes to an encrypted topic needs kms:Decrypt and kms:GenerateDataKey* in the policy of "
        "its key, and nobody can change the policy of the key that AWS manages for SNS.",
        page=pages.SNS_KEYS,
    ),
)
RULE = Rule(
    id="ESM356",
    name="alarm-topic-key-closed",
    severity=Severity.DANGER,
    facts=("ALARM-KEY-1",),
    page=pages.SNS_KEYS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Tell of each topic once, at the first of the mappings whose alarms it should tell."""
    for plan, one in one_for_each_topic(plans, lambda one: one.key is not None):
        yield _finding(plan, one)


def _finding(plan: MappingPlan, one: DeafAction) -> Finding:
    what = f"the key {one.key}, which AWS manages," if one.managed else f"the policy of the key {one.key}"
    letting_in = statement(one.statement or key_statement())
    fix = with_our_way(plan, f"add this statement to the policy of the key:\n{letting_in}")
    if one.managed:
        fix = f"encrypt the topic with no key, or with one of your own that has this statement:\n{letting_in}"
    return RULE.finding(
        plan,
        setting=one.place,
        got=one.key,
        allowed="a key whose policy lets CloudWatch use it",
        message=f"the alarm {one.alarm} tells nobody: {what} does not allow CloudWatch {' and '.join(one.actions)}, "
        f"which it needs to publish to the topic {one.topic}",
        fix=fix,
    )
