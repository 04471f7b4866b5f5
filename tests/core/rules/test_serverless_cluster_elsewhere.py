from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM430"
CONNECTION = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/1-2"


def test_a_serverless_cluster_through_a_connection_is_refused() -> None:
    assert ids(with_source(mapping("msk-serverless"), connection=CONNECTION), select=[ID]) == [ID]


def test_a_provisioned_one_and_one_of_this_account_are_fine() -> None:
    assert ids(with_source(mapping("msk"), connection=CONNECTION), select=[ID]) == []
    assert ids(mapping("msk-serverless"), mapping("self-managed-kafka"), select=[ID]) == []
    assert ids(with_source(mapping("msk-serverless"), connection=UNKNOWN), select=[ID]) == []
