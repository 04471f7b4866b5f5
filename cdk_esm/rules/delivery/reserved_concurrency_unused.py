"""Reserved concurrency beyond what the mappings can use is taken from all other functions for nothing.

A mapping on a broker or a document cluster runs a fixed number of invocations at the same time. If only such
mappings invoke a function, whatever is reserved above their sum is never used.

Bad:
    >>> ids(with_function(mapping("rabbitmq"), reserved_concurrency=10))
    ['ESM334']

Good:
    >>> ids(with_function(mapping("rabbitmq"), reserved_concurrency=1))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       ReservedConcurrentExecutions: 10
    +       ReservedConcurrentExecutions: 1
        ShopBroker:
          Type: AWS::AmazonMQ::Broker
          Properties:
            EngineType: RABBITMQ
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt ShopBroker.Arn
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
      function = esm.NewFunction(
          code="handlers/orders",
          handler="app.handler",
    -     reserved_concurrency=10,
    +     reserved_concurrency=1,
      )
      broker = amazonmq.CfnBroker(
          self,
          "Broker",
          broker_name="shop",
          engine_type="RABBITMQ",
          deployment_mode="SINGLE_INSTANCE",
          host_instance_type="mq.m7g.medium",
          publicly_accessible=True,
      )
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker=broker,
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
      )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.printed import counted
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION

RULE = Rule(
    id="ESM334",
    name="reserved-concurrency-unused",
    severity=Severity.ADVICE,
    facts=("MQ-3",),
    page=pages.MQ,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Add up what the mappings of each function can use."""
    functions: dict[str, list[MappingPlan]] = {}
    for plan in plans:
        functions.setdefault(plan.function.concurrency_pool, []).append(plan)
    setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
    for mappings in functions.values():
        plan, used = mappings[0], [one.facts.concurrency for one in mappings]
        most = sum(figure.value for figure in used if figure is not None)
        reserved = plan.function.reserved_concurrency
        if None in used or not isinstance(reserved, int) or reserved <= most:
            continue
        yield RULE.finding(
            plan,
            setting=setting.name,
            got=reserved,
            allowed=f"at most {most}, if nothing else invokes the function",
            message=f"{plan.say(setting, reserved)} is more than its mappings can use: together they run "
            f"{counted(most, 'invocation', '')} at the same time",
            fix=f"lower {plan.say(setting)} to {most}, unless something else invokes the function",
        )
