"""A broker or a document cluster must be in the function's own account.

A queue or a stream can let another account in; an Amazon MQ broker and an Amazon DocumentDB cluster cannot, and Lambda
refuses the mapping. For the Region ESM402 speaks.

Bad:
    >>> ids(with_source(mapping("activemq"), account="444455556666"))
    ['ESM409']

Good:
    >>> ids(with_source(mapping("activemq"), account="111122223333"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
    -       EventSourceArn: arn:aws:mq:eu-west-1:444455556666:broker:shop:b-0a1b2c3d
    +       EventSourceArn: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
    - broker = "arn:aws:mq:eu-west-1:444455556666:broker:shop:b-0a1b2c3d"
    + broker = "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d"
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker=broker,
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
    +     alarms=esm.Alarms(thresholds={"backlog": 1000}),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Broker, DocumentCluster, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM409",
    name="broker-elsewhere",
    severity=Severity.ERROR,
    facts=(
        "MQ-2",
        "DOC-1",
    ),
    page=pages.MQ,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two accounts, if both are known."""
    if not isinstance(plan.event_source, Broker | DocumentCluster):
        return
    source, function = known(plan.event_source.account), known(plan.function.account)
    if source is None or function is None or source == function:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=source,
        allowed=function,
        message=f"the source belongs to the account {source}, the function to {function}: "
        f"{plan.facts.label} cannot be read across accounts",
        fix=f"put the function and the mapping into the account {source}",
    )
