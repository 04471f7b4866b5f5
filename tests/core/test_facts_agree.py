"""The fact sheets say what the collected facts say: which source takes what, within which range, with which default."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import Form, Setting
from cdk_esm.sources import SOURCES

FILE = Path(__file__).parents[3] / "shared" / "facts" / "esm_facts.json"
NAMES = {
    "sqs": "sqs_standard",
    "sqs-fifo": "sqs_fifo",
    "kinesis": "kinesis_shared",
    "kinesis-efo": "kinesis_efo",
    "dynamodb": "dynamodb_streams",
    "msk": "msk_provisioned",
    "msk-serverless": "msk_serverless",
    "self-managed-kafka": "kafka_self_managed",
    "activemq": "mq_activemq",
    "rabbitmq": "mq_rabbitmq",
    "documentdb": "documentdb",
}
# What the facts leave open, in words: the sheet says the same in another way.
SAID_OTHERWISE = {("sqs-fifo", "MaximumBatchingWindowInSeconds"), ("sqs-fifo", "ProvisionedPollerConfig")}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the collected facts are not part of this project")


def collected() -> dict[str, Any]:
    sources: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))["sources"] if FILE.exists() else {}
    return sources


PROPERTIES = [
    pytest.param(kind, name, fact, id=f"{kind}-{name}")
    for kind, collected_as in NAMES.items()
    for name, fact in collected().get(collected_as, {"properties": {}})["properties"].items()
]


def setting_of(kind: str, name: str) -> Setting | None:
    """A setting by CloudFormation's name; the schema registry stands in a record that differs by source."""
    of_source = SOURCES[kind].by_name
    return of_source.get(name) or next((of_source[key] for key in of_source if key.endswith(f".{name}")), None)


def test_every_source_is_compared() -> None:
    assert set(NAMES) == set(SOURCES)
    assert set(NAMES.values()) == set(collected())


@pytest.mark.parametrize(("kind", "name", "fact"), PROPERTIES)
def test_a_property_is_taken_and_required_as_the_facts_say(kind: str, name: str, fact: dict[str, Any]) -> None:
    setting = setting_of(kind, name)

    if (kind, name) in SAID_OTHERWISE:
        return
    assert (setting is None) is (fact["status"] == "forbidden")
    if setting is not None:
        assert setting.required is (fact["status"] == "required")


@pytest.mark.parametrize(("kind", "name", "fact"), PROPERTIES)
def test_a_range_and_a_default_are_those_of_the_facts(kind: str, name: str, fact: dict[str, Any]) -> None:
    setting = setting_of(kind, name)
    if setting is None:
        return
    if "min" in fact and setting.form is not Form.LIST:
        assert (setting.minimum, setting.maximum) == (fact["min"], fact["max"])
    if "min_items" in fact:
        assert (setting.minimum, setting.maximum) == (fact["min_items"], fact["max_items"])
        assert setting.longest_member == int(fact["item_length"].partition("..")[2])
    if "default" in fact and not str(fact["default"]).endswith("unset"):
        assert (list(setting.default) if isinstance(setting.default, tuple) else setting.default) == fact["default"]
    if isinstance(fact.get("values"), list):
        choices = [other.choices for other in SOURCES[kind].settings if other.name.startswith(name) and other.choices]
        assert choices == [tuple(fact["values"])]
    assert setting.create_only is fact.get("create_only", False)


@pytest.mark.parametrize(("kind", "name", "fact"), PROPERTIES)
def test_a_member_of_a_record_is_that_of_the_facts(kind: str, name: str, fact: dict[str, Any]) -> None:
    members = {key: value for key, value in fact.items() if key[:1].isupper()}
    for key, value in members.items():
        setting = setting_of(kind, f"{name}.{key}")
        if setting_of(kind, name) is None:
            continue
        assert (setting is None) is str(value).startswith("forbidden")
        if setting is None:
            continue
        if isinstance(value, list):
            assert setting.choices == tuple(value)
            continue
        if "min" in value:
            assert (setting.minimum, setting.maximum) == (value["min"], value["max"])
        if "length" in value:
            assert f"{setting.minimum}..{setting.maximum}" == value["length"]
        if "max_length" in value:
            assert setting.maximum == value["max_length"]
        if "values" in value:
            assert setting.choices == tuple(value["values"])
        if isinstance(value.get("default"), int) or value.get("default") == "Stream":
            assert setting.default == value["default"]
        # The facts call create-only what the API cannot change; CloudFormation replaces a mapping for less than that.
        assert (setting.create_only or setting.fixed) is value.get("create_only", False)


@pytest.mark.parametrize(("kind", "name", "fact"), PROPERTIES)
def test_what_needs_provisioned_pollers_is_what_the_facts_say(kind: str, name: str, fact: dict[str, Any]) -> None:
    setting = setting_of(kind, name)

    if setting is not None:
        assert (setting.name in SOURCES[kind].needs_pollers) is (fact.get("condition") == "provisioned mode")


OF_SCHEMA_REGISTRIES = {"glue:GetRegistry", "glue:GetSchemaVersion"}
"""What the page of the schema registry's access configurations asks for, of whatever cluster the records are."""


@pytest.mark.parametrize(
    "kind", [kind for kind, sheet in SOURCES.items() if "SourceAccessConfigurations" in sheet.by_name]
)
def test_the_types_of_credentials_are_those_of_the_facts(kind: str) -> None:
    fact = collected()[NAMES[kind]]["properties"]["SourceAccessConfigurations"]
    types = {text.partition(" ")[0] for text in fact["types"]}

    assert set(SOURCES[kind].by_name["SourceAccessConfigurations.Type"].choices) == types


@pytest.mark.parametrize("kind", NAMES)
def test_the_payload_of_a_filter_is_that_of_the_facts(kind: str) -> None:
    fact = collected()[NAMES[kind]]["properties"]["FilterCriteria"]

    assert (SOURCES[kind].filter_key or "none") == fact.get("data_key", "none").partition(" ")[0]


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "activemq", "documentdb"])
def test_the_poller_is_granted_what_the_facts_say(kind: str) -> None:
    fact = json.loads(FILE.read_text(encoding="utf-8"))["iam"]["per_source"][NAMES[kind]]
    lists = [fact.get(key, []) for key in ("actions", "scram_or_mtls", "schema_registry", "cross_account", "iam_auth")]
    entries = [entry for entries in lists if isinstance(entries, list) for entry in entries]
    wanted = {action for entry in entries for action in entry["actions"] if "older page only" not in action}

    wanted |= OF_SCHEMA_REGISTRIES if any("SchemaRegistryURI" in name for name in SOURCES[kind].by_name) else set()
    granted = {action for grant in SOURCES[kind].grants for action in grant.actions}
    assert granted == wanted
