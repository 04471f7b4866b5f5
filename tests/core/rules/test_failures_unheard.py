from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Answers, Door, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function
from tests.core.reading_handlers import inline

ANSWERS = Answers(file="shop/app.py", reports=9)


def plan(kind: str = "sqs", **settings: object) -> MappingPlan:
    return with_function(mapping(kind, **settings), inline_code=inline(ANSWERS))


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo", "kinesis", "kinesis-efo", "dynamodb", "msk"])
def test_failures_that_nobody_listens_to_are_a_danger(kind: str) -> None:
    (finding,) = check([plan(kind, FunctionResponseTypes=None)], select=["ESM261"])

    assert "shop/app.py:9 answers with batchItemFailures" in finding.message
    assert finding.fix.startswith("set FunctionResponseTypes: ['ReportBatchItemFailures'], or raise an exception")


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
def test_where_no_answer_is_listened_to_only_an_exception_helps(kind: str) -> None:
    (finding,) = check([plan(kind)], select=["ESM261"])

    assert finding.fix.startswith("raise an exception if a record failed")


def test_a_construct_is_answered_in_python() -> None:
    (finding,) = check([replace(plan(FunctionResponseTypes=None), door=Door.CONSTRUCT)], select=["ESM261"])

    assert finding.fix.startswith("set report_batch_item_failures=True, or raise")


def test_without_pollers_kafka_listens_to_no_answer() -> None:
    (finding,) = check([plan("msk", ProvisionedPollerConfig=None, FunctionResponseTypes=None)], select=["ESM261"])

    assert finding.fix.startswith("raise an exception")


def test_a_mapping_that_listens_or_may_is_not_judged() -> None:
    assert ids(plan(FunctionResponseTypes=["ReportBatchItemFailures"]), select=["ESM261"]) == []
    assert ids(plan(FunctionResponseTypes=UNKNOWN), select=["ESM261"]) == []
    assert ids(plan(FunctionResponseTypes=[UNKNOWN]), select=["ESM261"]) == []
    assert ids(with_function(plan(FunctionResponseTypes=None), inline_code=None), select=["ESM261"]) == []
