"""Behind a Kafka cluster, a broker or a document cluster a function may run for less time than elsewhere.

The poller of these sources waits for an invocation only so long. Lambda takes the function, and CloudFormation the
template, and then the mapping is not made or does not work.

Bad:
    >>> ids(with_function(mapping("activemq"), timeout_seconds=900))
    ['ESM240']

Good:
    >>> ids(with_function(mapping("activemq"), timeout_seconds=840))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       Timeout: 900
    +       Timeout: 840
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
      function = esm.NewFunction(
          code="handlers/orders",
          handler="app.handler",
    -     timeout=Duration.minutes(15),
    +     timeout=Duration.minutes(14),
      )
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION

RULE = Rule(
    id="ESM240",
    name="timeout-too-long-for-source",
    severity=Severity.ERROR,
    facts=("FN-1",),
    page=pages.MQ,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the timeout with the sheet's, if it holds for the place that the function runs in."""
    longest = plan.facts.longest_timeout
    timeout = known(plan.function.effective_timeout_seconds)
    if longest is None or timeout <= longest.value:
        return
    if not plan.facts.longest_timeout_everywhere and known(plan.function.managed_instances):
        return
    setting = FUNCTION.by_name["Timeout"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=timeout,
        allowed=f"at most {longest.value} seconds",
        message=f"{plan.say(setting, timeout)} of the function is too long: {plan.facts.label} works with functions "
        f"of at most {longest.value} seconds",
        fix=f"lower {plan.say(setting)} to {longest.value} seconds or less",
    )
