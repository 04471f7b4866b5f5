"""A custom resource that knows a mapping is taken away, and its handler is called with the mapping's id."""

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.testing.templates import ref, resource
from tests.core.diff.diff_templates import Template, difference, rabbitmq

KIND, DANGER, ADVICE = "handler-gone", "danger", "advice"
DELETER = {"ServiceToken": "arn:aws:lambda:eu-west-1:111122223333:function:deleter", "MqType": "armq"}


def beside(properties: dict[str, Any], kind: str = "CloudFormation::CustomResource", **about: Any) -> Template:
    """A mapping with a custom resource beside it."""
    document = rabbitmq()
    document["Resources"]["Handler"] = {**resource(kind, properties), **about}
    return document


def of_amazonmq(**about: Any) -> Template:
    """The custom resource that cdk-amazonmq has beside each mapping."""
    return beside({**DELETER, "EsmId": ref("Orders")}, **about)


FIRE = [
    pytest.param(of_amazonmq(), rabbitmq(), KIND, DANGER, id="that of cdk-amazonmq"),
    pytest.param(of_amazonmq(DeletionPolicy="Delete"), rabbitmq(), KIND, DANGER, id="which is deleted on purpose"),
    pytest.param(beside({"Tidy": {"Ids": [ref("Orders")]}}), rabbitmq(), KIND, ADVICE, id="another one"),
]
SILENT = [
    pytest.param(of_amazonmq(), of_amazonmq(), id="one that stays"),
    pytest.param(of_amazonmq(DeletionPolicy="Retain"), rabbitmq(), id="one that is retained"),
    pytest.param(beside({"Other": ref("Broker")}), rabbitmq(), id="one that does not know the mapping"),
    pytest.param(beside({"Name": ref("Orders")}, "SNS::Topic"), rabbitmq(), id="no custom resource"),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_a_handler_that_is_called_is_told(
    old: Template, new: Template, kind: str, severity: str, tmp_path: Path
) -> None:
    (change,) = difference(tmp_path, old, new).changes

    assert (change.kind.name, str(change.severity), change.before) == (kind, severity, "Handler")
    assert "DeletionPolicy: Retain" in change.fix


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_a_handler_that_is_not_called_is_not(old: Template, new: Template, tmp_path: Path) -> None:
    assert KIND not in [change.kind.name for change in difference(tmp_path, old, new).changes]
