"""The secret with the credentials must be in the function's Region.

Lambda asks AWS Secrets Manager in its own Region, even if the broker is in another one, and does not follow the
Region in the secret's ARN. The poller never logs in.

Bad:
    >>> secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-AbCdEf"
    >>> ids(mapping("rabbitmq", SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": secret}]))
    ['ESM411']

Good:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> ids(mapping("rabbitmq", SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": secret}]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
            EventSourceArn: arn:aws:rds:eu-west-1:111122223333:cluster:shop
            StartingPosition: TRIM_HORIZON
            DocumentDBEventSourceConfig:
              DatabaseName: shop
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
    -           URI: arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-AbCdEf
    +           URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
    - login = esm.SecretArn("arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-AbCdEf")
    + login = esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf")
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queue_name="orders",
          credentials=login,
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
      )
"""

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import access
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS

RULE = Rule(
    id="ESM411",
    name="secret-in-another-region",
    severity=Severity.DANGER,
    facts=("KAF-AUTH-7",),
    page=pages.KAFKA_ACCESS,
)

_SECRET: Final = re.compile(r"arn:[^:]+:secretsmanager:(?P<region>[^:]+):.+")


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the Region in every secret's ARN with the function's."""
    function = known(plan.function.region)
    for entry in access(plan):
        secret = _SECRET.fullmatch(entry.uri) if isinstance(entry.uri, str) else None
        if secret is None or function is None or secret["region"] == function:
            continue
        yield RULE.finding(
            plan,
            setting=ACCESS.name,
            got=secret["region"],
            allowed=function,
            message=f"the secret in {plan.say(ACCESS.name)}[{entry.index}] is in {secret['region']}, "
            f"but the function is in {function}",
            fix=f"replicate the secret to {function}, and give the ARN of the replica",
        )
