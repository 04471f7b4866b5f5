"""What S3, Lambda or an object refuses: it is said in our words, left where others go on, and never forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.replay import Progress, plan_replay, replay
from tests.core.replay.fakes import (
    BUCKET,
    FUNCTION,
    UUID,
    AwsError,
    BrokenBody,
    FakeLambda,
    click,
    document,
    key,
)
from tests.core.replay.test_replay import FIRST, OTHER, SECOND, a_bucket, done


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"no json", "no JSON", id="no JSON"),
        pytest.param(b"[" * 100_000, "no JSON", id="nested too deeply"),
        pytest.param(b"{}", "no records", id="no payload"),
        pytest.param(document({"Records": []}), "no records", id="no records"),
        pytest.param(document("text"), "no records", id="a text"),
        pytest.param(document({"Records": [click(1)]}, function=None), "which function", id="no function"),
    ],
)
def test_what_cannot_be_replayed_is_named_and_the_rest_is_replayed(content: bytes, why: str) -> None:
    s3, client = a_bucket(), FakeLambda(lambda _: None)
    s3.objects[FIRST] = content
    _, result = done(s3, client, Progress(None, BUCKET))

    assert why in result.left[FIRST]
    assert len(client.events) == 2


def test_an_object_that_is_gone_is_named() -> None:
    s3 = a_bucket()
    plan = plan_replay(s3, BUCKET)
    del s3.objects[SECOND]
    result = replay(plan, s3, FakeLambda(lambda _: None), Progress(None, BUCKET), sleep=lambda _: None)

    assert result.left == {SECOND: "it is no longer there"}


def test_a_refusal_of_aws_ends_the_run_in_our_words_and_keeps_what_was_done(tmp_path: Path) -> None:
    s3, file = a_bucket(), tmp_path / "p.json"
    client = FakeLambda(lambda _: None)
    client.refusals = [AwsError("AccessDeniedException")]
    with pytest.raises(EsmError, match="cannot be invoked: An error occurred"):
        done(s3, client, Progress.of(file, BUCKET))
    _, after = done(s3, client, Progress.of(file, BUCKET))

    assert after.repeated == []
    assert after.finished


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(TimeoutError("no answer in time"), id="no answer"),
        pytest.param(AwsError("ServiceException", status=500), id="an answer that tells nothing of the function"),
    ],
)
def test_where_nobody_knows_whether_the_function_ran_the_next_run_says_perhaps_twice(
    refusal: Exception, tmp_path: Path
) -> None:
    s3, file, client = a_bucket(), tmp_path / "p.json", FakeLambda(lambda _: None, refusals=[refusal])
    with pytest.raises(EsmError, match="cannot be invoked"):
        done(s3, client, Progress.of(file, BUCKET))

    assert done(s3, client, Progress.of(file, BUCKET))[1].repeated == [FIRST]


def test_an_answer_that_breaks_off_ends_the_run_in_our_words(tmp_path: Path) -> None:
    class Broken(FakeLambda):
        def invoke(self, **given: Any) -> Any:
            return super().invoke(**given) | {"Payload": BrokenBody()}

    s3, file = a_bucket(), tmp_path / "p.json"
    with pytest.raises(EsmError, match=r"the answer of .* cannot be read: the connection broke"):
        done(s3, Broken(lambda _: None), Progress.of(file, BUCKET))

    assert done(s3, FakeLambda(lambda _: None), Progress.of(file, BUCKET))[1].repeated == [FIRST]


def test_a_function_that_is_gone_leaves_its_objects_and_those_of_others_are_replayed() -> None:
    s3, client = a_bucket(), FakeLambda(lambda _: None, refusals=[AwsError("ResourceNotFoundException", status=404)])
    _, result = done(s3, client, Progress(None, BUCKET))

    assert list(result.left) == [FIRST]
    assert f"there is no function {FUNCTION}" in result.left[FIRST]
    assert len(client.events) == 2


@pytest.mark.parametrize(
    ("code", "why"),
    [
        pytest.param("InvalidObjectState", "archived", id="in an archive"),
        pytest.param("AccessDenied", "cannot be read", id="of another owner"),
        pytest.param("KMS.DisabledException", "cannot be read", id="with a key that is off"),
    ],
)
def test_an_object_that_cannot_be_read_is_left_and_the_rest_is_replayed(code: str, why: str) -> None:
    s3, client = a_bucket(), FakeLambda(lambda _: None)
    s3.refusals[SECOND] = AwsError(code)
    _, result = done(s3, client, Progress(None, BUCKET))

    assert list(result.left) == [SECOND]
    assert why in result.left[SECOND]
    assert len(client.events) == 2


def test_a_bucket_whose_objects_may_not_be_read_ends_the_run_at_the_first_one() -> None:
    s3 = a_bucket()
    s3.refusals = {key: AwsError("AccessDenied") for key in s3.objects}
    with pytest.raises(EsmError, match=f"{FIRST} cannot be read"):
        done(s3, FakeLambda(lambda _: None), Progress(None, BUCKET))


def test_one_function_does_not_get_the_events_of_several_mappings() -> None:
    s3 = a_bucket()
    s3.objects[key("2026-11-21T09.00.00", mapping=OTHER)] = document({"Records": [click(9)]})
    with pytest.raises(EsmError, match=f"objects of 2 mappings.*--mapping: {UUID}, {OTHER}"):
        plan_replay(s3, BUCKET, function="other")

    assert len(plan_replay(s3, BUCKET, mapping=OTHER, function="other").objects) == 1
