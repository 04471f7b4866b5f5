"""The parts of an OAUTHBEARER login have to fit together.

A scope, a logical cluster and an identity pool say more about a client secret, so they need one. A login with the
role's own token needs an audience and takes none of them, and what logs in as the role carries no URI.

Bad:
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=[{"Type": "IAM_OAUTHBEARER_AUTH"}]))
    ['ESM237']

Good:
    >>> audience = {"Type": "OAUTHBEARER_AUDIENCE", "URI": "https://kafka.example.com"}
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=[{"Type": "IAM_OAUTHBEARER_AUTH"}, audience]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            SelfManagedEventSource:
              Endpoints:
                KafkaBootstrapServers: [kafka.example.com:9092]
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            SelfManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SourceAccessConfigurations:
              - Type: IAM_OAUTHBEARER_AUTH
    +         - Type: OAUTHBEARER_AUDIENCE
    +           URI: https://kafka.example.com

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          topics=["orders"],
          starting_position="TRIM_HORIZON",
          self_managed_event_source=Mapping.SelfManagedEventSourceProperty(
              endpoints=Mapping.EndpointsProperty(kafka_bootstrap_servers=["kafka.example.com:9092"])
          ),
          self_managed_kafka_event_source_config=Mapping.SelfManagedKafkaEventSourceConfigProperty(
              consumer_group_id="shop-orders"
          ),
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(type="IAM_OAUTHBEARER_AUTH"),
    +         Mapping.SourceAccessConfigurationProperty(
    +             type="OAUTHBEARER_AUDIENCE", uri="https://kafka.example.com"
    +         ),
          ],
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import access, cluster_of, types
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.self_managed_kafka import AUDIENCE, ONLY_WITH_OAUTHBEARER, WITHOUT_URI

RULE = Rule(
    id="ESM237",
    name="oauthbearer-incomplete",
    severity=Severity.ERROR,
    facts=("KAF-AUTH-6",),
    page=pages.MAPPING_API,
)

_SECRET: Final = "OAUTHBEARER_AUTH"  # noqa: S105 - a type, not a secret
_TOKEN: Final = "IAM_OAUTHBEARER_AUTH"  # noqa: S105 - likewise


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at every part and at what it needs beside it."""
    cluster_of(plan)
    given = types(plan)
    for part in ONLY_WITH_OAUTHBEARER:
        if part in given and _SECRET not in given:
            yield _finding(plan, part, f"{part} needs {_SECRET}", f"add {_SECRET}, or remove {part}")
    if AUDIENCE in given and not {_SECRET, _TOKEN} & set(given):
        message = f"{AUDIENCE} needs {_SECRET} or {_TOKEN}"
        yield _finding(plan, AUDIENCE, message, f"add one of them, or remove {AUDIENCE}")
    if _TOKEN in given and AUDIENCE not in given:
        yield _finding(plan, _TOKEN, f"{_TOKEN} needs {AUDIENCE}", f"add {AUDIENCE}")
    if _TOKEN in given and _SECRET in given:
        yield _finding(plan, _TOKEN, f"{_TOKEN} and {_SECRET} exclude each other", "keep one of them")
    for entry in access(plan):
        if entry.type in WITHOUT_URI and entry.type in given and isinstance(entry.uri, str):
            yield _finding(plan, entry.type, f"{entry.type} takes no URI", "remove its URI")


def _finding(plan: MappingPlan, got: str, message: str, fix: str) -> Finding:
    """A finding on one part."""
    return RULE.finding(
        plan,
        setting=ACCESS.name,
        got=got,
        allowed="an OAUTHBEARER login whose parts fit together",
        message=f"in {plan.say(ACCESS.name)} {message}",
        fix=fix,
    )
