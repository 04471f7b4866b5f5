import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"

ID = "ESM235"


@pytest.mark.parametrize("second", ["BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "OAUTHBEARER_AUTH", "IAM_AUTH"])
def test_a_second_authentication_method_is_an_advice(second: str) -> None:
    ways = [{"Type": "SASL_SCRAM_256_AUTH", "URI": STORED}, {"Type": second, "URI": STORED}]

    assert ids(mapping("self-managed-kafka", SourceAccessConfigurations=ways), select=[ID]) == [ID]


def test_an_entry_that_does_not_authenticate_does_not_count() -> None:
    ways = [{"Type": "BASIC_AUTH", "URI": STORED}, {"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": STORED}]

    assert ids(mapping("self-managed-kafka", SourceAccessConfigurations=ways), select=[ID]) == []
    assert ids(mapping("self-managed-kafka", SourceAccessConfigurations=[{"Type": UNKNOWN}] * 2), select=[ID]) == []
    assert ids(mapping("rabbitmq"), mapping("msk"), select=[ID]) == []
