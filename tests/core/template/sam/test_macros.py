"""Macros beside SAM's own transform, and within what it makes: named once, by what the user wrote."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_esm.sources.sam_events import TRANSFORM
from cdk_esm.template.sam.expand import expanded
from tests.core.template.sam.building import QUEUE, READS_JOBS, event, function, source
from tests.core.template.sam.transform import reading_of

INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://assets/part.yaml"}}}


@pytest.mark.parametrize(
    "worker",
    [
        pytest.param(function(READS_JOBS, **INCLUDE), id="in its properties"),
        pytest.param(function(READS_JOBS, Policies=[INCLUDE]), id="among its policies"),
        pytest.param(function(READS_JOBS, Policies=[{"Statement": [INCLUDE]}]), id="in a policy"),
    ],
)
def test_a_macro_in_a_function_is_named_once_and_by_the_function(worker: dict[str, Any]) -> None:
    [one] = reading_of(source(QUEUE, {"Worker": worker})).skipped

    assert (one.path, one.logical_id, one.within) == ("shop/Worker", "Worker", ())


def test_access_that_a_condition_tells_is_no_macro() -> None:
    access = {"Fn::If": ["A", [], []]}
    kafka = event("MSK", Stream="arn:aws:kafka:eu-west-1:111122223333:cluster/c/1", SourceAccessConfigurations=access)

    assert reading_of(source({"Worker": function({"Job": kafka})})).skipped == []


@pytest.mark.parametrize("written", [TRANSFORM, {"Name": TRANSFORM}], ids=["text", "object"])
def test_other_transforms_stay_as_they_are_and_are_named(written: Any) -> None:
    include = {"Name": "AWS::Include", "Parameters": {"Location": "s3://assets/all.yaml"}}
    document = source(QUEUE, {"Worker": function(READS_JOBS)}, Transform=[include, written])

    assert expanded(document).document["Transform"] == [include]
    assert [one.path for one in reading_of(document).skipped] == ["shop: AWS::Include"]
