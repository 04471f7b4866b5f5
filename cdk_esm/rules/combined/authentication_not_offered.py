"""A mapping signs in to an Amazon MSK cluster in a way that the cluster does not offer.

Lambda asks the cluster for the brokers of that way, and there are none: the mapping stays in a problem, and reads
nothing. Without credentials a mapping signs in with IAM if the cluster offers that, and with nothing otherwise, so
whoever means to come unauthenticated gets IAM where it is on.

Bad:
    >>> ids(with_source(mapping("msk"), authentications=frozenset({"Iam"})), select=["ESM243"])
    ['ESM243']

Good:
    >>> ids(with_source(mapping("msk"), authentications=frozenset({"Iam", "Scram"})), select=["ESM243"])
    []

Template:
      Resources:
        ShopCluster:
          Type: AWS::MSK::Cluster
          Properties:
            ClientAuthentication:
              Sasl:
                Iam:
                  Enabled: true
    +           Scram:
    +             Enabled: true
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !Ref ShopCluster
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SourceAccessConfigurations:
              - Type: SASL_SCRAM_512_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf

Python:
      sasl = msk.CfnCluster.SaslProperty(
          iam=msk.CfnCluster.IamProperty(enabled=True),
    +     scram=msk.CfnCluster.ScramProperty(enabled=True),
      )
      cluster = msk.CfnCluster(
          self,
          "Cluster",
          cluster_name="shop",
          kafka_version="3.8.x",
          number_of_broker_nodes=2,
          broker_node_group_info=msk.CfnCluster.BrokerNodeGroupInfoProperty(
              client_subnets=["subnet-1", "subnet-2"], instance_type="kafka.m7g.large"
          ),
          client_authentication=msk.CfnCluster.ClientAuthenticationProperty(sasl=sasl),
      )
      secret = esm.SecretArn(
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf",
          encryption_key="arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      )
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster=cluster,
          topic="orders",
          authentication=esm.MskAuthentication.scram(secret),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.plan.kafka import cluster_of, signs_in_by
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.msk_serverless import MSK_SERVERLESS

RULE = Rule(
    id="ESM243",
    name="authentication-not-offered",
    severity=Severity.DANGER,
    facts=("KAF-AUTH-1",),
    page=pages.MSK_PARAMETERS,
)


_IN_PYTHON: Final = {
    "Iam": "iam()",
    "Scram": "scram(secret)",
    "Tls": "mutual_tls(secret)",
    "Unauthenticated": "unauthenticated()",
}


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the way of the mapping with those of the cluster."""
    offered = known(cluster_of(plan).authentications)
    way = signs_in_by(plan)
    if way is None or (way in offered and not (way == "Unauthenticated" and "Iam" in offered)):
        return
    there = ", ".join(sorted(offered)) or "nothing"
    instead = " and Lambda signs in with IAM where that is on" if way in offered else ""
    yield RULE.finding(
        plan,
        setting=ACCESS.name,
        got=way,
        allowed=there,
        message=f"the mapping signs in by {way}, the cluster offers {there}{instead}: the poller cannot read as meant",
        fix=_fix(plan, offered, way),
    )


def _fix(plan: MappingPlan, offered: frozenset[str], way: str) -> str:
    """Another way for the mapping, or for the cluster unless it is serverless, which has the one."""
    there = " or ".join(sorted(offered))
    if plan.door == Door.CONSTRUCT:
        there = " or ".join(f"authentication=MskAuthentication.{_IN_PYTHON[one]}" for one in sorted(offered))
    change = f"{'write' if plan.door == Door.CONSTRUCT else 'sign in by'} {there}" if there else ""
    if plan.source == MSK_SERVERLESS.kind:
        return change
    cluster = f"let the cluster offer {way}" if way not in offered else "turn IAM off in the cluster"
    return f"{change}, or {cluster}" if change else cluster
