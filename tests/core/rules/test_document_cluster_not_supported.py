import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM242"


@pytest.mark.parametrize(
    ("changes", "got", "what"),
    [
        ({"form": "elastic"}, "elastic", "it is elastic"),
        ({"form": "global"}, "global", "it is global"),
        ({"engine_version": "3.6.0"}, "3.6.0", "its engine is 3.6.0"),
        ({"encrypts_connections": False}, "TLS off", "its parameter group turns TLS off"),
    ],
)
def test_a_cluster_that_lambda_does_not_read_is_refused(changes: dict[str, object], got: str, what: str) -> None:
    [finding] = check([with_source(mapping("documentdb"), **changes)], select=[ID])

    assert finding.got == got
    assert finding.message == f"the cluster cannot be read by a mapping: {what}, and Lambda needs {finding.allowed}"


@pytest.mark.parametrize(
    "changes",
    [{"form": UNKNOWN}, {"engine_version": "4.0.0"}, {"engine_version": None}, {"encrypts_connections": UNRESOLVED}],
)
def test_supported_and_hidden_clusters_are_fine(changes: dict[str, object]) -> None:
    assert ids(with_source(mapping("documentdb"), **changes), select=[ID]) == []
    assert ids(mapping("sqs"), select=[ID]) == []
