"""A mapping reads only certain Amazon DocumentDB clusters.

Elastic and global clusters have no change stream that Lambda reads, older engines neither, and a poller insists on an
encrypted connection. The mapping is refused, or never connects.

Bad:
    >>> ids(with_source(mapping("documentdb"), engine_version="3.6.0"))
    ['ESM242']

Good:
    >>> ids(with_source(mapping("documentdb"), engine_version="5.0.0"))
    []

Template:
      Resources:
        ShopCluster:
          Type: AWS::DocDB::DBCluster
          Properties:
    -       EngineVersion: 3.6.0
    +       EngineVersion: 5.0.0
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !Sub arn:aws:rds:${AWS::Region}:${AWS::AccountId}:cluster:${ShopCluster}
            StartingPosition: TRIM_HORIZON
            DocumentDBEventSourceConfig:
              DatabaseName: shop
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
    - cluster = docdb.CfnDBCluster(self, "Cluster", engine_version="3.6.0")
    + cluster = docdb.CfnDBCluster(self, "Cluster", engine_version="5.0.0")
      esm.DocumentDbToLambda(
          self,
          "Orders",
          function=function,
          cluster=cluster,
          database="shop",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import DocumentCluster, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.documentdb import ENGINE_VERSIONS

RULE = Rule(
    id="ESM242",
    name="document-cluster-not-supported",
    severity=Severity.ERROR,
    facts=("DOC-1",),
    page=pages.DOCUMENTDB,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the form of the cluster, its engine, and its connections."""
    cluster = plan.source_as(DocumentCluster)
    version = cluster.engine_version
    if cluster.form in ("elastic", "global"):
        yield _finding(plan, cluster.form, "an instance-based cluster of one Region", f"it is {cluster.form}")
    if isinstance(version, str) and not version.startswith(ENGINE_VERSIONS):
        yield _finding(plan, version, f"the engine {' or '.join(ENGINE_VERSIONS)}", f"its engine is {version}")
    if cluster.encrypts_connections is False:
        yield _finding(plan, "TLS off", "TLS on", "its parameter group turns TLS off")


def _finding(plan: MappingPlan, got: object, allowed: str, what: str) -> Finding:
    """A finding on one property of the cluster."""
    return RULE.finding(
        plan,
        setting="EventSourceArn",
        got=got,
        allowed=allowed,
        message=f"the cluster cannot be read by a mapping: {what}, and Lambda needs {allowed}",
        fix=f"use {allowed}",
    )
