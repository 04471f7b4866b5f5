"""What lets Lambda write failed records must name the account that owns the bucket, and no other.

The role may write into the bucket by its name, under the condition that the bucket is of some account. The bucket is of
another one, so every write is denied: failed records are gone, and only the metric DestinationDeliveryFailures tells.

Bad:
    >>> theirs = with_destination(mapping("kinesis"), account="444455556666")
    >>> held = with_permission(theirs, "s3:PutObject", on="destination-objects", owners=("111122223333",))
    >>> ids(held, select=["ESM426"])
    ['ESM426']

Good:
    >>> theirs = with_destination(mapping("kinesis"), account="444455556666")
    >>> held = with_permission(theirs, "s3:PutObject", on="destination-objects", owners=("444455556666",))
    >>> ids(held, select=["ESM426"])
    []

Template:
    none: a template does not say in which account it is deployed.

Python:
      stream = kinesis.Stream.from_stream_arn(self, "Stream", "arn:aws:kinesis:eu-west-1:111122223333:stream/orders")
      failed = s3.Bucket(self, "Failed")
    - owner = {"StringEquals": {"s3:ResourceAccount": "444455556666"}}
    + owner = {"StringEquals": {"s3:ResourceAccount": self.account}}
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
                          actions=[
                              "kinesis:DescribeStream",
                              "kinesis:DescribeStreamSummary",
                              "kinesis:GetRecords",
                              "kinesis:GetShardIterator",
                              "kinesis:ListShards",
                          ],
                          resources=[stream.stream_arn],
                      ),
                      iam.PolicyStatement(
                          actions=["s3:ListBucket"],
                          resources=[failed.bucket_arn],
                          conditions=owner,
                      ),
                      iam.PolicyStatement(
                          actions=["s3:PutObject"],
                          resources=[failed.arn_for_objects("*")],
                          conditions=owner,
                      ),
                  ]
              )
          },
      )
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
          role=role,
      )
      esm.KinesisToLambda(
          self,
          "Orders",
          function=mine,
          stream=stream,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          on_failure=esm.OnFailure.bucket(failed),
          grants=False,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.owners import of_another_owner
from cdk_esm.rules.permissions import place_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "STR-DEST-OWNER",
        "doc",
        "A statement under the condition s3:ResourceAccount allows nothing on a bucket of another account.",
        page=pages.BUCKET_OWNERS,
    ),
)
RULE = Rule(
    id="ESM426",
    name="bucket-of-another-account",
    severity=Severity.DANGER,
    facts=("STR-DEST-OWNER", "STR-DEST-5"),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the account that the role's statements ask for with the bucket's."""
    for one, account in of_another_owner(plan):
        named = ", ".join(one.owners)
        yield RULE.finding(
            plan,
            setting="DestinationConfig",
            got=named,
            allowed=account,
            message=f"{one.action} on {place_of(one)} is allowed if the bucket is of the account {named}, "
            f"but it is of {account}",
            fix=f"name the account {account} in the condition s3:ResourceAccount of that statement",
        )
