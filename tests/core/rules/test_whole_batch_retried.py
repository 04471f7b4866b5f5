from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


@pytest.mark.parametrize("types", [None, []])
def test_batch_without_partial_response_is_weak(types: list[str] | None) -> None:
    assert ids(mapping(FunctionResponseTypes=types)) == ["ESM311"]
    assert ids(mapping(FunctionResponseTypes=types, BatchSize=2)) == ["ESM311"]


def test_partial_batch_response_settles_it() -> None:
    assert ids(mapping(FunctionResponseTypes=["ReportBatchItemFailures"])) == []


def test_batch_of_one_has_no_parts() -> None:
    assert ids(mapping(FunctionResponseTypes=None, BatchSize=1)) == []


def test_switching_it_off_is_consent() -> None:
    assert ids(replace(mapping(FunctionResponseTypes=None), origin={"report_batch_item_failures": "user"})) == []


def test_fix_is_written_in_the_words_of_the_door() -> None:
    plan = mapping(FunctionResponseTypes=None)

    assert "report_batch_item_failures=True" in check([replace(plan, door=Door.CONSTRUCT)])[0].fix
    assert "FunctionResponseTypes: ['ReportBatchItemFailures']" in check([plan])[0].fix


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(mapping(FunctionResponseTypes=hidden)) == []
    assert ids(mapping(FunctionResponseTypes=[hidden])) == []
    assert ids(mapping(FunctionResponseTypes=None, BatchSize=hidden)) == []
