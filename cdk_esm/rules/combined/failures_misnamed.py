"""The handler names failed records by another field than the one by which Lambda knows them.

An identifier that is not in the batch makes the whole batch fail: what was processed is delivered again, as often as
the source allows, and ends where the bad record ends. A queue's messages are known by ``messageId``, the records of a
stream by their sequence number, those of Apache Kafka by partition and offset.

Bad:
    >>> wrong = NamedBy(line=8, fields=("receiptHandle",))
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9, named_by=(wrong,)))
    >>> ids(with_function(mapping(), code=code), select=["ESM263"])
    ['ESM263']

Good:
    >>> right = NamedBy(line=8, fields=("messageId",))
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9, named_by=(right,)))
    >>> ids(with_function(mapping(), code=code), select=["ESM263"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Runtime: python3.14
            Handler: index.handler
            Role: arn:aws:iam::111122223333:role/orders
            Code:
              ZipFile: |
                def handler(event, context):
                    failed = []
                    for record in event["Records"]:
                        try:
                            fulfil(record)
                        except Exception:
    -                       failed.append({"itemIdentifier": record["receiptHandle"]})
    +                       failed.append({"itemIdentifier": record["messageId"]})
                    return {"batchItemFailures": failed}
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      source = '''
      def handler(event, context):
          failed = []
          for record in event["Records"]:
              try:
                  fulfil(record)
              except Exception:
    -             failed.append({"itemIdentifier": record["receiptHandle"]})
    +             failed.append({"itemIdentifier": record["messageId"]})
          return {"batchItemFailures": failed}
      '''
      function = esm.NewFunction(code=lambda_.Code.from_inline(source), handler="index.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan, NamedBy
from cdk_esm.plan.answering import HANDLER, answers_of, listens, place, sample
from cdk_esm.record_shape import RecordShape
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import SOURCES, pages
from cdk_esm.sources.answers import WITHIN

RULE = Rule(
    id="ESM263",
    name="failures-misnamed",
    severity=Severity.DANGER,
    facts=("ANSWER-2",),
    page=pages.SQS_ERRORS,
)
_FIELDS = {
    name.lower()
    for sheet in SOURCES.values()
    for name in (*sheet.records.metadata, sheet.records.payload or "", *WITHIN)
}
"""What events call their fields: any other may be one of the payload."""


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the fields with those of the source."""
    answers = answers_of(plan)
    if not answers.named_by or not listens(plan):
        return
    records = plan.facts.records
    for one in answers.named_by:
        if not _is_wrong(one, records):
            continue
        named = ".".join(one.fields) if not one.written_out else "an object of " + (", ".join(one.fields) or "nothing")
        yield RULE.finding(
            plan,
            setting=HANDLER.name,
            got=named,
            allowed=(" and " if records.grouped else ".").join(records.identifier),
            message=f"{place(plan, one.line)} names a {plan.facts.unit} by {named}, by which Lambda does not know it: "
            "the whole batch fails",
            fix=f"answer {sample(plan)}",
        )


def _is_wrong(one: NamedBy, records: RecordShape) -> bool:
    """Whether it surely names no record; a field that events do not have may be anything."""
    wanted = records.identifier
    if records.grouped:
        return not set(wanted) <= set(one.fields) if one.written_out else _plain(one.fields[-1]) in _FIELDS
    return one.written_out or _plain(one.fields[-1]) in _FIELDS - {wanted[-1].lower()}


def _plain(name: str) -> str:
    """A name without what Python adds to it: Powertools has ``message_id`` for ``messageId``."""
    return name.replace("_", "").lower()
