"""The secret with a user of an Amazon MSK cluster must have a name and a key that Amazon MSK takes.

Its name begins with ``AmazonMSK_``, and your own key encrypts it, not the one that AWS manages for Secrets
Manager. Another secret cannot be associated with a cluster, so its user does not exist there, and the poller
never signs in.

Bad:
    >>> secret = Secret(identity="shop", name="shop/kafka", type="SASL_SCRAM_512_AUTH")
    >>> ids(replace(mapping("msk"), secrets=(secret,)), select=["ESM431"])
    ['ESM431']

Good:
    >>> named = Secret(identity="shop", name="AmazonMSK_shop", type="SASL_SCRAM_512_AUTH", encryption_key="key")
    >>> ids(replace(mapping("msk"), secrets=(named,)), select=["ESM431"])
    []

Template:
      Resources:
        Secret:
          Type: AWS::SecretsManager::Secret
          Properties:
    -       Name: shop/kafka
    +       Name: AmazonMSK_shop
    +       KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SourceAccessConfigurations:
              - Type: SASL_SCRAM_512_AUTH
                URI: !Ref Secret

Python:
    - secret = secretsmanager.Secret(self, "Secret", secret_name="shop/kafka")
    + key = kms.Key(self, "Key")
    + secret = secretsmanager.Secret(self, "Secret", secret_name="AmazonMSK_shop", encryption_key=key)
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topic="orders",
          authentication=esm.MskAuthentication.scram(secret),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.broker import Secret
from cdk_esm.plan.needs import has_key
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS, PASSWORD
from cdk_esm.sources.msk import MSK
from cdk_esm.sources.msk_settings import SECRET_PREFIX

RULE = Rule(
    id="ESM431",
    name="msk-secret-not-taken",
    severity=Severity.ERROR,
    facts=("KAF-AUTH-9",),
    page=pages.MSK_PASSWORDS,
)
_TAKEN: Final = f"a secret whose name begins with {SECRET_PREFIX}, and with your own key"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the secrets with users; of what is hidden nothing is said."""
    if plan.source != MSK.kind:
        return
    for secret in plan.secrets:
        wrong = list(_wrong(secret)) if secret.type == PASSWORD else []
        if not wrong:
            continue
        yield RULE.finding(
            plan,
            setting=ACCESS.name,
            got=None if isinstance(secret.name, Unknowable) else secret.name,
            allowed=_TAKEN,
            message=f"Amazon MSK does not take the secret for {PASSWORD}: {' and '.join(wrong)}",
            fix=f"use {_TAKEN}, and associate it with the cluster; a secret's name cannot be changed",
        )


def _wrong(secret: Secret) -> Iterator[str]:
    """What is wrong with a secret; without a name CloudFormation makes one from its logical id."""
    if secret.name is None:
        yield f"it has no name, so CloudFormation gives it one that does not begin with {SECRET_PREFIX}"
    elif isinstance(secret.name, str) and not secret.name.startswith(SECRET_PREFIX):
        yield f"its name {secret.name} does not begin with {SECRET_PREFIX}"
    if has_key(secret.encryption_key) is False:
        yield "the key that AWS manages encrypts it"
