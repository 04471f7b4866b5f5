import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import ids, mapping

OF_OTHER_SOURCES = [
    "StartingPosition",
    "StartingPositionTimestamp",
    "ParallelizationFactor",
    "BisectBatchOnFunctionError",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "TumblingWindowInSeconds",
    "SourceAccessConfigurations",
    "Queues",
    "Topics",
    "AmazonManagedKafkaEventSourceConfig",
    "SelfManagedKafkaEventSourceConfig",
    "DocumentDBEventSourceConfig",
    "LoggingConfig",
]


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
@pytest.mark.parametrize("name", OF_OTHER_SOURCES)
def test_a_setting_of_another_source_is_refused(kind: str, name: str) -> None:
    (finding,) = check([mapping(kind, **{name: 1})], select=["ESM102"])

    assert (finding.setting, finding.got) == (name, 1)
    assert SOURCES[kind].label in finding.message
    assert finding.fix == f"remove {name}"


def test_a_destination_is_answered_with_the_failure_path_of_the_source() -> None:
    (finding,) = check([mapping(DestinationConfig={"OnFailure": {"Destination": "arn"}})], select=["ESM102"])

    assert finding.setting == "DestinationConfig"
    assert SOURCES["sqs"].failure_path in finding.message


def test_a_member_of_a_record_that_the_sheet_opens_is_looked_up() -> None:
    plan = mapping(ProvisionedPollerConfig={"MinimumPollers": 2, "PollerGroupName": "shared"})

    (finding,) = check([plan], select=["ESM102"])

    assert (finding.setting, finding.got) == ("ProvisionedPollerConfig.PollerGroupName", "shared")


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    (finding,) = check([mapping(KMSKeyArn="arn:aws:kms:eu-west-1:111122223333:key/1")], select=["ESM102"])

    assert finding.fix == "did you mean KmsKeyArn?"


def test_every_setting_of_the_sheet_is_accepted() -> None:
    for kind, sheet in SOURCES.items():
        plan = mapping(kind, **{setting.name: 1 for setting in sheet.settings if "." not in setting.name})

        assert ids(plan, select=["ESM102"]) == []


def test_a_record_that_the_sheet_does_not_open_is_not_looked_into() -> None:
    assert ids(mapping(FilterCriteria={"Filters": []}), select=["ESM102"]) == []


@pytest.mark.parametrize("value", [UNKNOWN, UNRESOLVED, None])
def test_what_may_turn_out_to_be_absent_is_not_judged(value: object) -> None:
    assert ids(mapping(StartingPosition=value), select=["ESM102"]) == []
    assert ids(mapping(ProvisionedPollerConfig=value), select=["ESM102"]) == []
    assert ids(mapping(ProvisionedPollerConfig={"PollerGroupName": value}), select=["ESM102"]) == []
