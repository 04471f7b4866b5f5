"""Pairs of small templates for the tests of `cdk-esm diff`."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.result import Difference, compare
from cdk_esm.testing.templates import get, mapping, ref, resource, template, without_fault

Template = dict[str, Any]


def queue(**mapping_properties: Any) -> Template:
    """A queue with everything around it, and nothing wrong with it."""
    return without_fault(**mapping_properties)


def stream(**properties: Any) -> Template:
    """A stream with a mapping on its shared throughput."""
    return template(
        {
            "Stream": resource("Kinesis::Stream", {"RetentionPeriodHours": 48}),
            "Failed": resource("SQS::Queue"),
            "Orders": mapping(get("Stream"), **{"StartingPosition": "TRIM_HORIZON", **properties}),
        }
    )


def table(**properties: Any) -> Template:
    """A table with a stream and a mapping."""
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    view = {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}
    source = get("Table", "StreamArn")
    return template(
        {
            "Table": resource("DynamoDB::Table", {"KeySchema": key, **view, **properties}),
            "Orders": mapping(source, StartingPosition="TRIM_HORIZON"),
        }
    )


def kafka(**properties: Any) -> Template:
    """A mapping of a topic of a self-managed cluster."""
    servers = {"Endpoints": {"KafkaBootstrapServers": ["one.example.com:9092"]}}
    document = template({"Orders": mapping(None, SelfManagedEventSource=servers, Topics=["orders"], **properties)})
    del document["Resources"]["Orders"]["Properties"]["EventSourceArn"]
    return document


def msk(**properties: Any) -> Template:
    """A mapping of a topic of an Amazon MSK cluster with a consumer group of its own."""
    group = {"AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop"}}
    values = {"Topics": ["orders"], "StartingPosition": "LATEST", **group, **properties}
    return template({"Cluster": resource("MSK::Cluster"), "Orders": mapping(ref("Cluster"), **values)})


def rabbitmq(host: Any = None, **properties: Any) -> Template:
    """A mapping of a queue of a RabbitMQ broker, on a virtual host if one is given."""
    access = [{"Type": "BASIC_AUTH", "URI": "arn:secret"}]
    access += [{"Type": "VIRTUAL_HOST", "URI": host}] * (host is not None)
    values = {"Queues": ["orders"], "SourceAccessConfigurations": access, **properties}
    return template(
        {
            "Broker": resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}),
            "Orders": mapping(get("Broker"), **values),
        }
    )


def documentdb(database: Any = "shop", collection: Any = None, **properties: Any) -> Template:
    """A mapping of the change stream of a database, or of one collection of it."""
    config = {"DatabaseName": database, **({} if collection is None else {"CollectionName": collection})}
    arn = "arn:aws:rds:eu-west-1:111122223333:cluster:shop"
    values = {"DocumentDBEventSourceConfig": config, "StartingPosition": "LATEST", **properties}
    return template({"Orders": mapping(arn, **values)})


def consumer(name: str = "one", position: str = "LATEST", on: Any = None) -> Template:
    """A mapping that reads a stream through a consumer of its own, or from what is given."""
    return template(
        {
            "Stream": resource("Kinesis::Stream"),
            "Reader": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream"), "ConsumerName": name}),
            "Orders": mapping(on or ref("Reader"), StartingPosition=position),
        }
    )


def filtered(*patterns: Any) -> Template:
    """A mapping with filters."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in patterns]
    return queue(FilterCriteria={"Filters": [{"Pattern": text} for text in texts]}) if texts else queue()


def watched(*, actions: bool = True, **dimension: Any) -> Template:
    """A mapping with an alarm."""
    [(name, value)] = dimension.items()
    document = queue()
    document["Resources"]["Alarm"] = resource(
        "CloudWatch::Alarm",
        {"MetricName": "Age", "Dimensions": [{"Name": name, "Value": value}], "AlarmActions": ["arn"] * actions},
    )
    return document


def changed(document: Template, path: str, value: Any = None) -> Template:
    """A copy of a template with one value changed, or taken out where there is none."""
    made = deepcopy(document)
    *inner, last = path.split(".")
    place = made["Resources"]
    for name in inner:
        place = place.setdefault(name, {})
    if value is None:
        del place[last]
    else:
        place[last] = value
    return made


def heard(document: Template, **alarm: Any) -> Template:
    """A copy in which the alarm tells nobody itself, and another one that looks at its state does."""
    made = changed(document, "Alarm.Properties.AlarmActions", [])
    made["Resources"]["Alarm"]["Properties"].update(alarm)
    rule = "ALARM(age-of-orders)" if alarm else {"Fn::Sub": "ALARM(${Alarm}) OR ALARM(returns)"}
    return changed(made, "Any", resource("CloudWatch::CompositeAlarm", {"AlarmRule": rule, "AlarmActions": ["arn"]}))


def conditioned(**attributes: Any) -> Template:
    """A mapping beside a condition that asks about a parameter."""
    document = queue()
    document["Resources"]["Orders"].update(attributes)
    live = {"Fn::Equals": [ref("Stage"), "live"]}
    return {**document, "Parameters": {"Stage": {"Type": "String", "Default": "test"}}, "Conditions": {"Live": live}}


def renamed(document: Template, old: str, new: str) -> Template:
    """A copy in which a resource has another logical id, and all that names it says so."""
    text = json.dumps(document).replace(f'"{old}"', f'"{new}"')
    made: Template = json.loads(text)
    return made


def difference(folder: Path, old: Template, new: Template) -> Difference:
    (folder / "old.json").write_text(json.dumps(old))
    (folder / "new.json").write_text(json.dumps(new))
    return compare(*read_sides(str(folder / "old.json"), str(folder / "new.json")))


def kept(document: Template, logical_id: str, attribute: str) -> Template:
    return changed(document, f"{logical_id}.{attribute}", "Retain")
