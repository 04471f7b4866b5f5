"""The shards may together run the function more often than its reserved concurrency allows.

Each shard has as many invocations at once as the parallelization factor says. What is above the reserve is throttled.
Throttles use up no retries, but the shards fall behind, and records grow old.

Bad:
    >>> plan = mapping("kinesis", ParallelizationFactor=2)
    >>> ids(with_function(with_source(plan, shard_count=4), reserved_concurrency=5))
    ['ESM321']

Good:
    >>> plan = mapping("kinesis", ParallelizationFactor=2)
    >>> ids(with_function(with_source(plan, shard_count=4), reserved_concurrency=8))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       ReservedConcurrentExecutions: 5
    +       ReservedConcurrentExecutions: 8
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
            ShardCount: 4
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersStream.Arn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            ParallelizationFactor: 2

Python:
      function = esm.NewFunction(
          code="handlers/orders",
          handler="app.handler",
    -     reserved_concurrency=5,
    +     reserved_concurrency=8,
      )
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          stream=esm.NewStream(shard_count=4),
          parallelization_factor=2,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import STREAM
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.stream_settings import PARALLELIZATION

RULE = Rule(
    id="ESM321",
    name="shards-above-reserved",
    severity=Severity.ADVICE,
    facts=("STR-PF-2",),
    page=pages.KINESIS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Multiply shards and factor; of a reserve of zero another rule speaks."""
    shards = known(plan.source_as(Stream).shard_count)
    factor = known(plan.setting(PARALLELIZATION.name))
    reserved = known(plan.function.reserved_concurrency)
    if shards is None or not reserved or shards * factor <= reserved:
        return
    peak = shards * factor
    setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=reserved,
        allowed=f"at least {peak}",
        message=f"{plan.say(STREAM.by_name['ShardCount'], shards)} and {plan.say(PARALLELIZATION, factor)} may run the "
        f"function {peak} times at once, more than {plan.say(setting, reserved)} allows",
        fix=f"raise {plan.say(setting)} to {peak}" + (f", or lower {plan.say(PARALLELIZATION)}" if factor > 1 else ""),
    )
