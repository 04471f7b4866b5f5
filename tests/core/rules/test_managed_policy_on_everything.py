import pytest

from cdk_esm.testing.plans import ids, mapping, with_permissions

ID = "ESM422"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("sqs", "AWSLambdaSQSQueueExecutionRole"),
        ("sqs-fifo", "AmazonSQSFullAccess"),
        ("kinesis", "AWSLambdaKinesisExecutionRole"),
        ("dynamodb", "AWSLambdaDynamoDBExecutionRole"),
        ("msk", "AWSLambdaMSKExecutionRole"),
        ("documentdb", "AdministratorAccess"),
    ],
)
def test_policy_on_every_source_of_the_kind_is_told(source: str, name: str) -> None:
    assert ids(with_permissions(mapping(source), managed=["AWSLambdaBasicExecutionRole", name]), select=[ID]) == [ID]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("AWSLambdaBasicExecutionRole", id="logs"),
        pytest.param("AWSLambdaVPCAccessExecutionRole", id="network"),
        pytest.param("AWSLambdaKinesisExecutionRole", id="another kind of source"),
        pytest.param("SecurityAudit", id="one that nobody read"),
    ],
)
def test_policy_that_does_not_read_the_source_is_fine(name: str) -> None:
    assert ids(with_permissions(mapping(), managed=[name]), select=[ID]) == []
