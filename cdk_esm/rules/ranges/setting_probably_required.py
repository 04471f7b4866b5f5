"""A setting is missing that every example of AWS gives.

Neither the API nor the schema says that Lambda insists on it, so this is no more than an advice; but nobody knows what
the mapping would read, or from where, without it.

Bad:
    >>> ids(mapping("documentdb", StartingPosition=None))
    ['ESM115']

Good:
    >>> ids(mapping("documentdb", StartingPosition="TRIM_HORIZON"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:rds:eu-west-1:111122223333:cluster:shop
            DocumentDBEventSourceConfig:
              DatabaseName: shop
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
    +       StartingPosition: TRIM_HORIZON

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:rds:eu-west-1:111122223333:cluster:shop",
          document_db_event_source_config=Mapping.DocumentDBEventSourceConfigProperty(
              database_name="shop"
          ),
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(
                  type="BASIC_AUTH",
                  uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
              )
          ],
    +     starting_position="TRIM_HORIZON",
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM115",
    name="setting-probably-required",
    severity=Severity.ADVICE,
    facts=(
        "mq_activemq.Queues",
        "documentdb.StartingPosition",
    ),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for every setting that is reported to be required."""
    for setting in plan.facts.settings:
        if not setting.requirement_is_reported or plan.given(setting.name) is not None:
            continue
        yield RULE.finding(
            plan,
            setting=setting.name,
            got=None,
            allowed="a value",
            message=f"{plan.say(setting)} is missing: every documented mapping on {plan.facts.label} has one",
            fix=f"add {plan.say(setting)}",
        )
