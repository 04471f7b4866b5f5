"""A stream in another account must let the execution role in by its own policy.

The role's permissions are only half of it: across accounts the policy of the stream has to allow the same, and that of
the consumer too, if there is one. They lie in the other account, where we neither see nor change them, and without
them Lambda refuses the mapping. If a template with the stream is read together with that of the mapping, its policy
answers: ESM414 says that it does not let the role in.

Bad:
    >>> ids(with_source(mapping("kinesis"), account="444455556666"))
    ['ESM408']

Good:
    >>> ids(with_source(mapping("kinesis"), account="111122223333"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
    -       EventSourceArn: arn:aws:kinesis:eu-west-1:444455556666:stream/orders
    +       EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
    - stream_arn = "arn:aws:kinesis:eu-west-1:444455556666:stream/orders"
    + stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
      stream = kinesis.Stream.from_stream_arn(self, "Stream", stream_arn)
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          stream=stream,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
      )
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cdk_esm.facts import Neighbour, known
from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.plan.streams import stream_of
from cdk_esm.rules.paste import statement
from cdk_esm.rules.permissions import role_arn
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_efo import KINESIS_EFO

RULE = Rule(
    id="ESM408",
    name="stream-in-another-account",
    severity=Severity.ADVICE,
    facts=("KIN-6",),
    page=pages.KINESIS_CREATE,
    reads_grants=True,
)

_OF_A_CONSUMER = [action for grant in KINESIS_EFO.grants if grant.on is Neighbour.CONSUMER for action in grant.actions]


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two accounts, if both are known."""
    stream = stream_of(plan)
    source, function = known(stream.account), known(plan.function.account)
    if source is None or function is None or source == function:
        return
    consumer = isinstance(stream, Stream) and stream.consumer is not None
    if stream.lets_in is False or (stream.lets_in is True and not consumer):
        return  # its policy is in the templates: it lets the role in, or ESM414 says that it does not
    actions = [action for grant in plan.facts.grants if grant.on is Neighbour.SOURCE for action in grant.actions]
    # To subscribe is something done to a consumer, so a stream's own policy has no place for it.
    needed = _allow(plan, (action for action in actions if action not in _OF_A_CONSUMER), stream.identity)
    fix = f"add this statement to the stream's policy in the account {source}:\n{statement(needed)}"
    if isinstance(stream, Stream) and stream.consumer is not None:
        fix += f"\nand this one to the consumer's:\n{statement(_allow(plan, _OF_A_CONSUMER, stream.consumer))}"
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=source,
        allowed=f"a stream of the account {function}, or one whose policy lets the execution role in",
        message=f"the stream belongs to the account {source}, the function to {function}: "
        "the stream's own policy must let the execution role in",
        fix=fix,
    )


def _allow(plan: MappingPlan, actions: Iterable[str], resource: str) -> dict[str, Any]:
    principal = {"AWS": role_arn(plan)}
    return {"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": resource}
