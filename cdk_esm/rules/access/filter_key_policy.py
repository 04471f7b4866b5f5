"""The policy of the key that encrypts the filters cannot be changed from here.

Lambda itself must be able to decrypt the filter patterns, and only the key's policy can allow that. If the key was
imported and its policy does not hold the statement yet, Lambda refuses the mapping.

Bad:
    >>> key = FilterKey(identity="arn:aws:kms:eu-west-1:111122223333:key/7", takes_grants=False)
    >>> ids(replace(mapping(), filter_key=key), select=["ESM407"])
    ['ESM407']

Good:
    >>> key = FilterKey(identity="arn:aws:kms:eu-west-1:111122223333:key/7", takes_grants=True)
    >>> ids(replace(mapping(), filter_key=key), select=["ESM407"])
    []

Template:
    none: of a key that is made elsewhere a template says nothing.

Python:
    - key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    - key = kms.Key.from_key_arn(self, "Key", key_arn)
    + key = kms.Key(self, "Key")
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
          filters=[{"body": {"type": ["paid"]}}],
          filter_encryption=key,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.paste import statement
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM407",
    name="filter-key-policy",
    severity=Severity.ADVICE,
    facts=("FIL-KMS-1",),
    page=pages.FILTERS,
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a key whose policy is out of reach."""
    key = plan.filter_key
    if key is None or known(key.takes_grants):
        return
    yield RULE.finding(
        plan,
        setting="KmsKeyArn",
        got=key.identity,
        allowed="a key whose policy lets Lambda decrypt",
        message=f"the key in {plan.say('KmsKeyArn')} has a policy that cannot be changed from here: AWS refuses the "
        "mapping unless that policy lets Lambda decrypt the filters",
        fix="let the Lambda service decrypt in the key's policy"
        + (f", by this statement:\n{statement(key.needs)}" if key.needs else ""),
    )
