"""A new logical id on a broker or a document cluster: nobody knows whether Lambda takes it beside the old mapping."""

from pathlib import Path

import pytest

from cdk_esm.diff.kinds.mappings import TWO_STEPS
from tests.core.diff.diff_templates import Template, changed, difference, documentdb, msk, rabbitmq, renamed

KIND, DANGER, ERROR = "mapping-may-be-refused", "danger", "error"


def again(document: Template) -> Template:
    """The same under another logical id."""
    return renamed(document, "Orders", "Again")


FIRE = [
    pytest.param(rabbitmq(), again(rabbitmq(Queues=["paid"])), KIND, DANGER, id="another queue"),
    pytest.param(rabbitmq(), again(rabbitmq()), KIND, DANGER, id="another id alone"),
    pytest.param(rabbitmq(), again(rabbitmq("erp")), KIND, DANGER, id="another virtual host"),
    pytest.param(documentdb(), again(documentdb("other")), KIND, DANGER, id="another database"),
    pytest.param(documentdb(collection="a"), again(documentdb(collection="b")), KIND, DANGER, id="another collection"),
    pytest.param(msk(), again(msk()), "mapping-renamed", ERROR, id="the same topic under another id"),
]
SILENT = [
    pytest.param(msk(), again(msk(Topics=["paid"])), id="another topic, which Lambda knows a mapping by"),
    pytest.param(rabbitmq(), again(rabbitmq(FunctionName="other")), id="another function"),
    pytest.param(rabbitmq(), rabbitmq(BatchSize=5), id="the same id"),
    pytest.param(
        documentdb(),
        again(
            changed(documentdb(), "Orders.Properties.EventSourceArn", "arn:aws:rds:eu-west-1:111122223333:cluster:b")
        ),
        id="another cluster",
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_a_mapping_that_may_be_the_same_to_lambda_is_told(
    old: Template, new: Template, kind: str, severity: str, tmp_path: Path
) -> None:
    (change,) = difference(tmp_path, old, new).changes

    assert (change.kind.name, str(change.severity)) == (kind, severity)
    assert TWO_STEPS in change.fix


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_a_mapping_that_is_surely_another_one_is_not(old: Template, new: Template, tmp_path: Path) -> None:
    assert KIND not in [change.kind.name for change in difference(tmp_path, old, new).changes]


def test_the_setting_that_changes_is_named_with_its_values(tmp_path: Path) -> None:
    (change,) = difference(tmp_path, rabbitmq(), again(rabbitmq(Queues=["paid"]))).changes

    assert change.message == "Queues: orders becomes paid, as a new mapping beside the old one"
    assert (change.setting, change.before, change.after) == ("Queues", ["orders"], ["paid"])


def test_an_id_that_was_renamed_can_be_kept(tmp_path: Path) -> None:
    (change,) = difference(tmp_path, rabbitmq(), again(rabbitmq())).changes

    assert 'logical_id="Orders"' in change.fix
