"""An on-failure destination cannot be a FIFO queue or a FIFO topic.

Lambda sends what failed without a message group, which a FIFO queue or topic insists on. It refuses the mapping, though
CDK's own destinations let it pass.

Bad:
    >>> ids(with_destination(mapping("kinesis"), fifo=True))
    ['ESM220']

Good:
    >>> ids(with_destination(mapping("kinesis"), fifo=False))
    []

Template:
      Resources:
        FailedOrders:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
    -       FifoQueue: true
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: !GetAtt FailedOrders.Arn

Python:
    - failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14), fifo=True)
    + failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14))
      esm.KinesisToLambda(self, "Orders", function=function, on_failure=esm.OnFailure.queue(failed))
"""

from collections.abc import Iterator

from cdk_esm.facts import NotApplicable
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.plan.streams import literal_destination, service_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import ON_FAILURE_ARN

RULE = Rule(
    id="ESM220",
    name="fifo-destination",
    severity=Severity.ERROR,
    facts=("STR-DEST-1",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask the destination, and read its ARN, whose name tells."""
    fifo = _fifo_by_name(plan)
    if fifo is None and isinstance(plan.failure, FailurePath):
        destination = plan.failure.destination
        fifo = destination.identity if destination is not None and destination.fifo is True else None
    if fifo is None:
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE_ARN.name,
        got=fifo,
        allowed=plan.facts.failure_path,
        message=f"the destination in {plan.say(ON_FAILURE_ARN)} is FIFO, and {plan.facts.label} has as failure path "
        f"{plan.facts.failure_path}",
        fix="use a bucket, a standard queue or a standard topic",
    )


def _fifo_by_name(plan: MappingPlan) -> str | None:
    """The ARN in the settings, if it is that of a FIFO queue or topic."""
    try:
        arn = literal_destination(plan)
    except NotApplicable:
        return None
    return arn if arn.endswith(".fifo") and service_of(arn) in ("sns", "sqs") else None
