"""Corruptions of filters: what AWS refuses, and what it takes and then never matches, or always."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from tests.core.generated.case import Case
from tests.core.generated.corruption import FILTERED, KINESIS, MQ, QUEUES, Change, corrupts, register
from tests.core.generated.patterns import pattern

_PAYLOAD: Final[Mapping[str, str]] = {
    **dict.fromkeys(QUEUES, "body"),
    **dict.fromkeys((*KINESIS, *MQ), "data"),
    **dict.fromkeys(("msk", "msk-serverless", "self-managed-kafka"), "value"),
}
_JSON: Final = tuple(_PAYLOAD)
_TEXT_AS_WELL: Final = (*QUEUES, "msk", "msk-serverless", "self-managed-kafka", *MQ)


def _filter(case: Case, *patterns: object, metrics: bool = True) -> None:
    """Let these patterns be the mapping's filters."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in patterns]
    case.settings["FilterCriteria"] = {"Filters": [{"Pattern": text} for text in texts]}
    if metrics and "MetricsConfig" in case.sheet.by_name:
        case.settings["MetricsConfig"] = {"Metrics": ["EventCount"]}


def _in_payload(condition: object) -> Change:
    """A pattern that asks this of a field of the payload, or of a typed attribute."""

    def change(case: Case) -> None:
        if case.kind == "dynamodb":
            _filter(case, {"dynamodb": {"Keys": {"id": {"S": condition}}}})
        else:
            _filter(case, {_PAYLOAD[case.kind]: {"type": condition}})

    return change


_REFUSED: Final[Mapping[str, object]] = {
    "a leaf that is no list": "paid",
    "an empty list": [],
    "an operator that there is not": [{"contains": "paid"}],
    "two operators in one": [{"prefix": "p", "suffix": "d"}],
    "a prefix that is no text": [{"prefix": 5}],
}
_REFUSED_NUMBERS: Final[Mapping[str, object]] = {
    "bounds upside down": [{"numeric": [">", 10, "<", 5]}],
    "one bound twice": [{"numeric": [">", 10, ">", 20]}],
    "a bound that is no number": [{"numeric": [">", "10"]}],
}
for _kinds, _conditions in ((FILTERED, _REFUSED), (_JSON, _REFUSED_NUMBERS)):
    for _name, _condition in _conditions.items():
        register(f"a filter with {_name}", ("ESM501",), _kinds, _in_payload(_condition))


@corrupts("ESM501", on=FILTERED)
def _a_filter_that_is_no_json(case: Case) -> None:
    _filter(case, case.draw.one_of(("body.type = paid", "", "[]", "{}", '{"body": {')))


@corrupts("ESM502", on=FILTERED)
def _a_filter_beside_the_payload(case: Case) -> None:
    _filter(case, {"detail": {"type": ["paid"]}})


@corrupts("ESM502", on=KINESIS)
def _a_filter_on_a_queues_body(case: Case) -> None:
    _filter(case, {"body": {"type": ["paid"]}})


@corrupts("ESM503", on=FILTERED)
def _six_filters(case: Case) -> None:
    _filter(case, *(pattern(case.draw, case.kind, "KEYS_ONLY") for _ in range(case.draw.between(6, 10))))


@corrupts("ESM504", on=FILTERED)
def _eleven_filters(case: Case) -> None:
    _filter(case, *(pattern(case.draw, case.kind, "KEYS_ONLY") for _ in range(11)))


@corrupts("ESM505", on=FILTERED)
def _a_filter_that_is_too_long(case: Case) -> None:
    words = [f"word-{place}" for place in range(500)]
    _in_payload(words)(case)


@corrupts("ESM506", on=QUEUES)
def _a_filter_on_plain_text(case: Case) -> None:
    _filter(case, {"body": ["paid"]})


@corrupts("ESM514", on=KINESIS)
def _a_filter_on_a_streams_plain_text(case: Case) -> None:
    _filter(case, {"data": ["paid"]})


@corrupts("ESM515", on=("msk", "msk-serverless", "self-managed-kafka", *MQ))
def _a_filter_on_a_topics_plain_text(case: Case) -> None:
    _filter(case, {_PAYLOAD[case.kind]: ["paid"]})


@corrupts("ESM507", on=FILTERED)
def _a_filter_on_several_lines(case: Case) -> None:
    _filter(case, json.dumps(pattern(case.draw, case.kind, "KEYS_ONLY"), indent=2))


@corrupts("ESM508", on=QUEUES)
def _filters_that_nobody_watches(case: Case) -> None:
    _filter(case, {"body": {"type": ["paid"]}}, metrics=False)
    case.settings.pop("MetricsConfig", None)


@corrupts("ESM510", on=("dynamodb",))
def _an_image_that_the_view_has_not(case: Case) -> bool:
    view, image = case.draw.one_of((("KEYS_ONLY", "NewImage"), ("NEW_IMAGE", "OldImage"), ("OLD_IMAGE", "NewImage")))
    _filter(case, {"dynamodb": {image: {"type": {"S": ["paid"]}}}})
    if "Source" not in case.resources:
        return False
    case.properties("Source")["StreamSpecification"] = {"StreamViewType": view}
    return True


def _of_attribute(attribute: Any) -> Change:
    return lambda case: _filter(case, {"dynamodb": {"Keys": {"id": attribute}}})


register("a number of a typed attribute", ("ESM511",), ("dynamodb",), _of_attribute({"N": [{"numeric": [">", 5]}]}))
register("an attribute without its type", ("ESM512",), ("dynamodb",), _of_attribute(["paid"]))


register("an operator outside of a list", ("ESM528",), _JSON, _in_payload({"anything-but": ["paid"]}))


@corrupts("ESM513", on=FILTERED)
def _a_key_twice(case: Case) -> None:
    leaf = {"dynamodb": '"dynamodb": {"Keys": {"id": {"S": ["a"], "S": ["b"]}}}'}
    payload = _PAYLOAD.get(case.kind, "")
    _filter(case, "{" + leaf.get(case.kind, f'"{payload}": {{"type": ["a"], "type": ["b"]}}') + "}")


@corrupts("ESM520", on=("dynamodb",))
def _whether_an_object_exists(case: Case) -> None:
    _filter(case, {"dynamodb": {"Keys": [{"exists": True}]}})


@corrupts("ESM522", on=_JSON)
def _a_filter_that_takes_everything(case: Case) -> None:
    every = [{"exists": True}, {"exists": False}]
    _filter(case, {_PAYLOAD[case.kind]: {"type": every}})


@corrupts("ESM523", on=_JSON)
def _a_choice_that_is_no_list(case: Case) -> None:
    _filter(case, {_PAYLOAD[case.kind]: {"$or": {"type": ["paid"]}}})


@corrupts("ESM527", on=_JSON)
def _a_number_with_an_exponent(case: Case) -> None:
    _filter(case, f'{{"{_PAYLOAD[case.kind]}": {{"total": [3.0e2]}}}}')


register("an emoji in any case", ("ESM530",), FILTERED, _in_payload([{"equals-ignore-case": "paid \U0001f600"}]))


@corrupts("ESM529", on=FILTERED)
def _branches_that_overlap(case: Case) -> None:
    branches = [["paid", "lost"], ["lost", "sent"]]
    if case.kind == "dynamodb":
        _filter(case, {"dynamodb": {"Keys": {"id": {"$or": [{"S": one} for one in branches]}}}})
    else:
        _filter(case, {_PAYLOAD[case.kind]: {"$or": [{"type": one} for one in branches]}})


@corrupts("ESM524", on=_JSON)
def _an_operator_of_event_patterns(case: Case) -> None:
    _filter(case, {_PAYLOAD[case.kind]: {"type": [{"wildcard": "pa*d"}]}})


@corrupts("ESM521", on=("dynamodb",))
def _the_old_image_of_a_new_item(case: Case) -> None:
    _filter(case, {"eventName": ["INSERT"], "dynamodb": {"OldImage": {"type": {"S": ["paid"]}}}})


@corrupts("ESM525", on=KINESIS)
def _a_filter_on_metadata(case: Case) -> None:
    _filter(case, {"partitionKey": ["a"]})


@corrupts("ESM526", on=_JSON)
def _a_number_beyond_the_range(case: Case) -> None:
    _in_payload([{"numeric": [">", 10**12]}])(case)


@corrupts("ESM516", on=MQ)
def _filters_that_nobody_can_watch(case: Case) -> None:
    _filter(case, {"data": {"type": ["paid"]}})
