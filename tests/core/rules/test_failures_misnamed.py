import pytest

from cdk_esm.plan import Answers, MappingPlan, NamedBy
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function
from tests.core.reading_handlers import inline


def plan(kind: str, *fields: str, written_out: bool = False, **settings: object) -> MappingPlan:
    named = NamedBy(line=8, fields=fields, written_out=written_out)
    answers = Answers(file="app.py", reports=9, named_by=(named,))
    return with_function(mapping(kind, **settings), inline_code=inline(answers))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("sqs", ("receiptHandle",)),
        ("sqs", ("receipt_handle",)),
        ("sqs", ("attributes", "SequenceNumber")),
        ("sqs", ("sequenceNumber",)),
        ("sqs-fifo", ("attributes", "MessageGroupId")),
        ("kinesis", ("eventID",)),
        ("kinesis", ("kinesis", "partitionKey")),
        ("kinesis-efo", ("event_id",)),
        ("kinesis", ("messageId",)),
        ("dynamodb", ("eventID",)),
        ("msk", ("offset",)),
        ("self-managed-kafka", ("key",)),
    ],
)
def test_another_field_of_the_event_is_a_danger(kind: str, fields: tuple[str, ...]) -> None:
    (finding,) = check([plan(kind, *fields)], select=["ESM263"])

    assert finding.got == ".".join(fields)
    assert "the whole batch fails" in finding.message


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("sqs", ("messageId",)),
        ("sqs", ("message_id",)),
        ("kinesis", ("kinesis", "sequenceNumber")),
        ("kinesis", ("kinesis", "sequence_number")),
        ("dynamodb", ("dynamodb", "SequenceNumber")),
        ("sqs", ("order_id",)),
        ("msk", ("identifier",)),
    ],
)
def test_the_identifier_and_what_may_be_one_are_accepted(kind: str, fields: tuple[str, ...]) -> None:
    assert ids(plan(kind, *fields), select=["ESM263"]) == []


def test_kafka_wants_an_object_of_partition_and_offset_and_nobody_else_does() -> None:
    assert ids(plan("msk", "partition", "offset", written_out=True), select=["ESM263"]) == []
    assert ids(plan("msk", "offset", written_out=True), select=["ESM263"]) == ["ESM263"]
    assert ids(plan("sqs", "partition", "offset", written_out=True), select=["ESM263"]) == ["ESM263"]
    (finding,) = check([plan("msk", written_out=True)], select=["ESM263"])
    assert (finding.got, finding.allowed) == ("an object of nothing", "partition and offset")


def test_nothing_is_said_where_nobody_listens() -> None:
    assert ids(plan("sqs", "receiptHandle", FunctionResponseTypes=None), select=["ESM263"]) == []
    assert ids(plan("documentdb", "eventID"), select=["ESM263"]) == []
    assert ids(with_function(mapping(), inline_code=None), select=["ESM263"]) == []
