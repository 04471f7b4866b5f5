from dataclasses import replace

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def test_every_wrong_word_of_a_list_is_refused() -> None:
    plan = mapping(MetricsConfig={"Metrics": ["EventCount", "ErrorCount", "KafkaMetrics"]})

    findings = check([plan], select=["ESM103"])

    assert [(finding.setting, finding.got) for finding in findings] == [
        ("MetricsConfig.Metrics", "ErrorCount"),
        ("MetricsConfig.Metrics", "KafkaMetrics"),
    ]
    assert findings[0].allowed == "one of EventCount"


def test_a_text_and_a_tuple_are_compared_too() -> None:
    assert ids(mapping(FunctionResponseTypes="ReportEverything"), select=["ESM103"]) == ["ESM103"]
    assert ids(mapping(FunctionResponseTypes=("ReportEverything",)), select=["ESM103"]) == ["ESM103"]


def test_words_that_are_offered_are_accepted() -> None:
    assert ids(mapping(MetricsConfig={"Metrics": ["EventCount"]}), select=["ESM103"]) == []
    assert ids(mapping(FunctionResponseTypes="ReportBatchItemFailures"), select=["ESM103"]) == []
    assert ids(mapping(FunctionResponseTypes=None), select=["ESM103"]) == []


def test_unresolved_words_are_not_judged() -> None:
    assert ids(mapping(MetricsConfig=UNRESOLVED), select=["ESM103"]) == []
    assert ids(mapping(FunctionResponseTypes=UNKNOWN), select=["ESM103"]) == []
    assert ids(mapping(FunctionResponseTypes=[UNRESOLVED]), select=["ESM103"]) == []


def test_words_in_records_of_a_list_are_compared_too() -> None:
    def validating(*attributes: object) -> list[str]:
        registry = {"SchemaRegistryURI": "https://s.example.com"}
        configs = {"SchemaValidationConfigs": [{"Attribute": one} for one in attributes]}
        config = {"ConsumerGroupId": "shop", "SchemaRegistryConfig": {**registry, **configs}}
        return ids(mapping("msk", AmazonManagedKafkaEventSourceConfig=config), select=["ESM103"])

    assert validating("VALUE", "HEADER") == ["ESM103"]
    assert validating("KEY", "VALUE") == validating(UNRESOLVED) == []


def test_a_choice_of_a_list_is_written_in_a_list() -> None:
    registry = {"SchemaRegistryURI": "https://s.example.com", "EventRecordFormat": "AVRO"}
    configs = {"SchemaValidationConfigs": [{"Attribute": "BODY"}]}
    config = {"ConsumerGroupId": "shop", "SchemaRegistryConfig": {**registry, **configs}}
    plan = replace(mapping("msk", AmazonManagedKafkaEventSourceConfig=config), door=Door.CONSTRUCT)

    assert [finding.fix for finding in check([plan], select=["ESM103"])] == [
        "set schema_registry.event_record_format='JSON' or schema_registry.event_record_format='SOURCE'",
        "set schema_registry.validate=['KEY'] or schema_registry.validate=['VALUE']",
    ]
