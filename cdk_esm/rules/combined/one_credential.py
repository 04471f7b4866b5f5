"""A mapping on a broker or a document cluster names exactly one secret with its credentials.

The poller logs in with the user and the password of that secret. Without one, or with two of them, Lambda refuses the
mapping. If the whole list is missing, ESM109 says so.

Bad:
    >>> ids(mapping("rabbitmq", SourceAccessConfigurations=[{"Type": "VIRTUAL_HOST", "URI": "/shop"}]))
    ['ESM238']

Good:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> login = [{"Type": "BASIC_AUTH", "URI": secret}, {"Type": "VIRTUAL_HOST", "URI": "/shop"}]
    >>> ids(mapping("rabbitmq", SourceAccessConfigurations=login))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
            Queues: [orders]
            SourceAccessConfigurations:
    +         - Type: BASIC_AUTH
    +           URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
              - Type: VIRTUAL_HOST
                URI: /shop

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queues=["orders"],
          source_access_configurations=[
    +         Mapping.SourceAccessConfigurationProperty(
    +             type="BASIC_AUTH",
    +             uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
    +         ),
              Mapping.SourceAccessConfigurationProperty(type="VIRTUAL_HOST", uri="/shop"),
          ],
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import Broker, DocumentCluster, MappingPlan
from cdk_esm.plan.kafka import types
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.mq_settings import CREDENTIALS

RULE = Rule(
    id="ESM238",
    name="one-credential",
    severity=Severity.ERROR,
    facts=(
        "MQ-1",
        "DOC-1",
    ),
    page=pages.MQ_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Count the secrets."""
    if not isinstance(plan.event_source, Broker | DocumentCluster) or plan.given(ACCESS.name) is None:
        return
    count = types(plan).count(CREDENTIALS)
    if count == 1:
        return
    yield RULE.finding(
        plan,
        setting=ACCESS.name,
        got=count,
        allowed=f"one {CREDENTIALS}",
        message=f"{plan.say(ACCESS.name)} has {count or 'no'} {CREDENTIALS}: {plan.facts.label} takes exactly one",
        fix=f"give one {CREDENTIALS} with the ARN of the secret",
    )
