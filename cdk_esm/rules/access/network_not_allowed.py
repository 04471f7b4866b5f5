"""The execution role must be allowed to work with network interfaces, if the source is in a network.

Lambda puts a network interface into the subnets of the broker or the cluster with that role, whether or not the
function itself is in a network. Without it no poller ever connects. AWS cannot scope most of these actions, so they
are allowed on every resource. Of a broker with a public endpoint this is not reported: AWS says it of every broker, and
it is inferred that the poller of a public one enters no network.

Bad:
    >>> ids(with_permission(mapping("rabbitmq"), "ec2:CreateNetworkInterface", on="network", held=False))
    ['ESM418']

Good:
    >>> ids(with_permission(mapping("rabbitmq"), "ec2:CreateNetworkInterface", on="network", held=True))
    []

Template:
      Resources:
        OrdersRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyName: orders
                PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action: mq:DescribeBroker
                      Resource: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
                    - Effect: Allow
                      Action: secretsmanager:GetSecretValue
                      Resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
                    - Effect: Allow
                      Action:
    +                   - ec2:CreateNetworkInterface
    +                   - ec2:DeleteNetworkInterface
                        - ec2:DescribeNetworkInterfaces
                        - ec2:DescribeVpcs
                        - ec2:DescribeSubnets
                        - ec2:DescribeSecurityGroups
                      Resource: '*'
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Role: !GetAtt OrdersRole.Arn
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
                          actions=["mq:DescribeBroker"],
                          resources=["arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d"],
                      ),
                      iam.PolicyStatement(
                          actions=["secretsmanager:GetSecretValue"],
                          resources=["arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"],
                      ),
                      iam.PolicyStatement(
                          actions=[
                              "ec2:DescribeNetworkInterfaces",
                              "ec2:DescribeVpcs",
                              "ec2:DescribeSubnets",
                              "ec2:DescribeSecurityGroups",
                          ],
                          resources=["*"],
                      ),
    +                 iam.PolicyStatement(
    +                     actions=["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
    +                     resources=["*"],
    +                 ),
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
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name=mine.function_name,
          event_source_arn="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queues=["orders"],
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(
                  type="BASIC_AUTH",
                  uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
              )
          ],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack, Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM418",
    name="network-not-allowed",
    severity=Severity.DANGER,
    facts=(
        "iam.kafka_self_managed",
        "iam.msk_provisioned",
        "iam.mq_activemq",
        "iam.documentdb",
        "MQ-7",
    ),
    page=pages.KAFKA_PERMISSIONS,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the actions on networks that no policy allows at all."""
    for one in missing(plan, Lack.STUCK, on=(Neighbour.NETWORK,)):
        yield RULE.finding(
            plan,
            setting="Role",
            got=None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions}: "
            f"the poller cannot enter the network of {plan.facts.label}",
            fix=one.fix(f"allow {one.actions} on * in a policy of the role"),
        )
