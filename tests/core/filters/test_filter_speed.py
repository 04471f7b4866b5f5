import builtins
import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import criteria as criteria_module
from cdk_esm.filters import matching, walking

ORDERS = {"body": {"type": ["created", "paid"], "total": [{"numeric": [">=", 100]}]}}


def test_filter_compiled_once_is_not_worked_out_again_for_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    criteria = filters.compile("sqs", [ORDERS])
    pattern = filters.parse(ORDERS)
    document = {"body": {"type": "paid", "total": 120}}
    records = [{"body": '{"type": "paid", "total": 120}'}, {"body": '{"type": "paid", "total": 99}'}, {"body": "text"}]
    expected = [criteria.matches(record) for record in records]
    filters.match(pattern, document)

    def never(*_: Any) -> Any:
        raise AssertionError("worked out again")

    for module, name in ((matching, "parse"), (matching, "branches"), (criteria_module, "branches")):
        monkeypatch.setattr(module, name, never)
    monkeypatch.setattr(walking, "walk_of", never)
    monkeypatch.setattr(builtins, "compile", never)

    assert [criteria.matches(record) for record in records] == expected == [True, False, False]
    assert filters.match(pattern, document)


def test_compiling_works_out_nothing_before_the_first_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "walk_of", lambda *_: pytest.fail("worked out too early"))

    assert filters.compile("sqs", [ORDERS]).findings == ()


@pytest.mark.skipif(not os.environ.get("CDK_ESM_THOROUGH"), reason="a measurement, for the thorough run")
def test_match_takes_a_tenth_of_motos_time() -> None:
    moto = pytest.importorskip("moto.events.models").EventPattern

    document = {"messageId": "1", "body": {"type": "paid", "total": 120}}
    read, theirs = filters.parse(ORDERS), moto.load(json.dumps(ORDERS))

    def spent(call: Callable[[], Any]) -> float:
        def once() -> float:
            start = time.process_time()
            for _ in range(2_000):
                call()
            return time.process_time() - start

        return min(once() for _ in range(5))

    assert spent(lambda: filters.match(read, document)) * 10 < spent(lambda: theirs.matches_event(document))
