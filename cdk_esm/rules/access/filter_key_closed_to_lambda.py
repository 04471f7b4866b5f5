"""The policy of the key that encrypts the filters must let Lambda decrypt.

Lambda itself reads the filter patterns, not the function, so no role helps. A key whose policy names only its account
shuts the service out, and AWS refuses the mapping: "Lambda service principal was denied access to decrypt your filter
criteria".

Bad:
    >>> filtered = replace(mapping(), filters=('{"body": ["paid"]}',))
    >>> key = FilterKey(identity="Shop/Key", lets_lambda=False)
    >>> ids(replace(filtered, filter_key=key), select=["ESM4"])
    ['ESM421']

Good:
    >>> filtered = replace(mapping(), filters=('{"body": ["paid"]}',))
    >>> key = FilterKey(identity="Shop/Key", lets_lambda=True)
    >>> ids(replace(filtered, filter_key=key), select=["ESM4"])
    []

Template:
      Resources:
        Key:
          Type: AWS::KMS::Key
          Properties:
            KeyPolicy:
              Statement:
                - Effect: Allow
                  Principal:
                    AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
                  Action: kms:*
                  Resource: '*'
    +           - Effect: Allow
    +             Principal:
    +               Service: lambda.amazonaws.com
    +             Action: kms:Decrypt
    +             Resource: '*'
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"type": ["paid"]}}'
            MetricsConfig:
              Metrics: [EventCount]
            KmsKeyArn: !GetAtt Key.Arn

Python:
      key = kms.Key(self, "Key")
    + opens = iam.PolicyStatement(
    +     actions=["kms:Decrypt"], principals=[iam.ServicePrincipal("lambda.amazonaws.com")], resources=["*"]
    + )
    + key.add_to_resource_policy(opens)
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders",
          function_response_types=["ReportBatchItemFailures"],
          filter_criteria=Mapping.FilterCriteriaProperty(
              filters=[Mapping.FilterProperty(pattern='{"body": {"type": ["paid"]}}')]
          ),
          kms_key_arn=key.key_arn,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM421",
    name="filter-key-closed-to-lambda",
    severity=Severity.ERROR,
    facts=("FIL-KMS-1",),
    page=pages.FILTERS,
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask what the policy of the key says; of a key without filters ESM207 speaks."""
    key = plan.filter_key
    if key is None or key.lets_lambda is not False or plan.filters == ():
        return
    yield RULE.finding(
        plan,
        setting="KmsKeyArn",
        got=key.identity,
        allowed="a key whose policy lets Lambda decrypt",
        message=f"the policy of the key in {plan.say('KmsKeyArn')} does not let Lambda decrypt, "
        "and AWS refuses the mapping",
        fix="allow kms:Decrypt to the principal lambda.amazonaws.com in the policy of the key",
    )
