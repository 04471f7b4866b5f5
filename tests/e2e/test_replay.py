"""Fail, object, mend, replay: what a deployed function could not process is processed once, and order is what it costs.

The local AWS sends nothing to the failure destination of a stream, so the test puts the object there that Lambda would
have written, after the function has really failed on the same event.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from cdk_esm.replay import Progress, ReplayPlan, plan_replay, replay
from cdk_esm.replay.looking import ORDER_IS_LOST, look, look_text
from sample_app.tests.stream_events import dynamodb
from tests.core.replay.fakes import document, key
from tests.e2e.server import Server
from tests.e2e.stacks import InvocationError, Mapped, Stack
from tests.e2e.test_streams import REPLAYED
from tests.e2e.waiting import until

IMAGE: Final[dict[str, Any]] = {
    "name": {"S": "Red teapot"},
    "category": {"S": "tea"},
    "currency": {"S": "EUR"},
    "for_sale": {"BOOL": True},
    "cost_cents": {"N": "1120"},
}


def change(product_id: str, price_cents: int) -> tuple[str, None, dict[str, Any]]:
    """A product that is new in the table."""
    return product_id, None, {"product_id": {"S": product_id}, **IMAGE, "price_cents": {"N": str(price_cents)}}


@contextmanager
def broken(mapping: Mapped, server: Server) -> Iterator[None]:
    """The function without its table: everything fails; afterwards it is mended."""
    client = server.client("lambda")
    variables = client.get_function_configuration(FunctionName=mapping.function)["Environment"]["Variables"]
    wrong = {**variables, "OFFER_TABLE": "nowhere"}
    client.update_function_configuration(FunctionName=mapping.function, Environment={"Variables": wrong})
    try:
        yield
    finally:
        client.update_function_configuration(FunctionName=mapping.function, Environment={"Variables": variables})


def shown(mapping: Mapped, server: Server) -> dict[str, str]:
    """The offers of this test: product to price."""
    found = server.client("dynamodb").scan(TableName=mapping.environment("OFFER_TABLE"), ConsistentRead=True)["Items"]
    return {
        one["product_id"]["S"]: one["price_cents"]["N"]
        for one in found
        if one["product_id"]["S"].startswith(REPLAYED) and "price_cents" in one
    }


def fails(mapping: Mapped, event: dict[str, Any]) -> bool:
    """Whether the function fails on an event as a whole."""
    try:
        mapping.invoke(event)
    except InvocationError:
        return True
    return False


@pytest.fixture(scope="module")
def failed(shop: dict[str, Stack], server: Server) -> ReplayPlan:
    """Two batches that the function failed on, in the bucket that the stack made for it."""
    mapping = shop["ShopProducts"].mapping("Projection")
    arn = str(mapping.stack.of(mapping.properties["DestinationConfig"]["OnFailure"]["Destination"]))
    bucket = arn.rpartition(":")[2]
    batches = {
        "2026-11-20T08.00.00": dynamodb(change("AGAIN-1", 100), change("AGAIN-2", 200)),
        "2026-11-20T09.00.00": dynamodb(change("AGAIN-3", 300)),
    }
    with broken(mapping, server):
        for event in batches.values():
            assert until(partial(fails, mapping, event))
    function = f"arn:aws:lambda:eu-west-1:123456789012:function:{mapping.function}"
    for moment, event in batches.items():
        server.client("s3").put_object(
            Bucket=bucket, Key=key(moment, mapping=mapping.uuid), Body=document(event, function=function)
        )
    return plan_replay(server.client("s3"), bucket, mapping=mapping.uuid)


def test_what_failed_is_replayed_and_each_record_is_processed_once(
    failed: ReplayPlan, shop: dict[str, Stack], server: Server, tmp_path: Path
) -> None:
    mapping, s3, client = shop["ShopProducts"].mapping("Projection"), server.client("s3"), server.client("lambda")
    file = tmp_path / "progress.json"
    seen = look(failed, s3, Progress.of(file, failed.bucket))
    assert shown(mapping, server) == {}
    assert [(one.objects, one.records) for one in seen.values()] == [(2, 3)]
    assert ORDER_IS_LOST in look_text(failed, seen, 10)
    # While the objects waited, a newer change of one product came through.
    newer = dynamodb(*[change("AGAIN-0", 1)] * 5, change("AGAIN-2", 222))
    mapping.invoke({"Records": newer["Records"][5:]})

    result = replay(failed, s3, client, Progress.of(file, failed.bucket), per_second=50)
    expected = {"AGAIN-1": "100", "AGAIN-2": "222", "AGAIN-3": "300"}

    assert result.finished, result.left
    assert result.records == 3
    assert shown(mapping, server) == expected  # the handler sees to it that the older change does not win
    again = replay(failed, s3, client, Progress.of(file, failed.bucket), per_second=50)
    assert (again.records, again.states["done before"]) == (0, 2)
    forgetful = replay(failed, s3, client, Progress(None, failed.bucket), per_second=50, delete=True)
    assert forgetful.finished
    assert shown(mapping, server) == expected
    assert plan_replay(s3, failed.bucket, mapping=mapping.uuid).objects == ()


def test_what_fails_again_stays_until_it_is_mended(
    shop: dict[str, Stack], server: Server, failed: ReplayPlan, tmp_path: Path
) -> None:
    mapping, s3, client = shop["ShopProducts"].mapping("Projection"), server.client("s3"), server.client("lambda")
    one_is_bad = dynamodb(
        change("AGAIN-8", 800), ("AGAIN-9", None, {"product_id": {"S": "AGAIN-9"}, "for_sale": {"S": "?"}})
    )
    name = key("2026-11-21T08.00.00", mapping=mapping.uuid)
    function = f"arn:aws:lambda:eu-west-1:123456789012:function:{mapping.function}"
    s3.put_object(Bucket=failed.bucket, Key=name, Body=document(one_is_bad, function=function))
    progress = Progress.of(tmp_path / "progress.json", failed.bucket)
    plan = plan_replay(s3, failed.bucket, mapping=mapping.uuid)

    result = replay(plan, s3, client, progress, per_second=50, delete=True)

    assert list(result.left) == [name]
    assert len(progress.left(name) or ()) == 1
    assert shown(mapping, server)["AGAIN-8"] == "800"
    assert [one.key for one in plan_replay(s3, failed.bucket, mapping=mapping.uuid).objects] == [name]
