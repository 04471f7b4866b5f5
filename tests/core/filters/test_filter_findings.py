import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import KINDS, FilterFinding, f
from cdk_esm.filters.faults import EVERY_KIND, kind_on


def found(source: str, *patterns: Any, **known: Any) -> list[tuple[str, str]]:
    """Code and JSON path of each finding."""
    return [(finding.code, finding.json_path) for finding in filters.compile(source, patterns, **known).findings]


def only(source: str, pattern: Any, **known: Any) -> FilterFinding:
    (finding,) = filters.compile(source, [pattern], **known).findings
    return finding


BODY = {"body": {"type": ["created"], "total": [{"numeric": [">=", 100]}]}}

SILENT: list[Any] = [
    pytest.param("sqs", BODY, id="sqs"),
    pytest.param("sqs", {"body": {"id": [{"exists": True}], "o": {"id": [{"exists": False}]}}}, id="exists"),
    pytest.param(
        "sqs", {"body": {"a": [{"anything-but": ["x", "y"]}, {"exists": False}]}}, id="anything-but-or-missing"
    ),
    pytest.param("sqs", {"body": {"a": [{"exists": True}, "1"]}}, id="exists-and-a-value"),
    pytest.param(
        "sqs", {"body": {"a": [{"anything-but": ["x"]}, {"anything-but": ["x", "y"]}]}}, id="nested-exclusions"
    ),
    pytest.param("sqs", {"body": {"a": [{"anything-but": ["x", "y"]}, "x"]}}, id="exclusion-with-one-back"),
    pytest.param("sqs", {"body": {"a": [300, 133.3, 123456789012]}}, id="numbers"),
    pytest.param("sqs", {"body": {"a": [{"numeric": [">=", -5e9, "<=", 5e9]}]}}, id="numeric-limits"),
    pytest.param("sqs", {"body": {"a": [{"numeric": ["=", 0.000001]}]}}, id="numeric-digits"),
    pytest.param("sqs", {"$or": [{"body": {"a": [1]}}, {"body": {"b": [1]}}]}, id="or"),
    pytest.param("sqs-fifo", BODY, id="sqs-fifo"),
    pytest.param("kinesis", {"data": {"a": ["x"]}}, id="kinesis"),
    pytest.param("msk", {"value": {"a": ["x"]}}, id="msk"),
    pytest.param("rabbitmq", {"data": {"a": ["x"]}}, id="rabbitmq"),
    pytest.param("dynamodb", {"eventName": ["INSERT", "MODIFY"], "eventSource": ["aws:dynamodb"]}, id="event-name"),
    pytest.param("dynamodb", {"eventName": [{"prefix": "IN"}]}, id="event-name-prefix"),
    pytest.param("dynamodb", {"eventName": [{"anything-but": ["REMOVE"]}]}, id="event-name-but"),
    pytest.param("dynamodb", f.dynamodb(keys={"id": f.S("a") | f.N(1)}), id="keys"),
    pytest.param("dynamodb", {"dynamodb": {"ApproximateCreationDateTime": [{"numeric": [">", 1]}]}}, id="date"),
    pytest.param(
        "dynamodb",
        f.dynamodb(
            new_image={
                "s": f.S("a", f.prefix("b")),
                "n": f.N(1, f.exists),
                "b": f.B("YQ=="),
                "bool": f.BOOL(True),
                "null": f.NULL(),
                "ss": f.SS("a"),
                "ns": f.NS(1),
                "bs": f.BS("YQ=="),
                "m": f.M({"inner": f.S(f.missing), "deep": f.M({"a": f.BOOL(f.exists)})}),
                "l": f.L(f.S("a")),
                "lm": f.L(f.M({"a": f.S("b")})),
                "a.b": f.S("c"),
            }
        ),
        id="all-types",
    ),
    pytest.param("dynamodb", {"dynamodb.NewImage.status": {"S": ["a"]}}, id="dotted"),
    pytest.param("dynamodb", {"dynamodb.NewImage.status.S": ["a"]}, id="dotted-to-the-end"),
    pytest.param("dynamodb", {"dynamodb.NewImage.a.b": {"S": ["x"]}}, id="dotted-attribute"),
    pytest.param("dynamodb", {"dynamodb.NewImage.a.b.S": ["x"]}, id="dotted-attribute-to-the-end"),
    pytest.param("dynamodb", {"dynamodb": {"NewImage.status": {"S": ["a"]}}}, id="dotted-image"),
    pytest.param("dynamodb", f.dynamodb(event_name="REMOVE", old_image={"a": f.S("x")}), id="remove-and-old"),
    pytest.param("dynamodb", f.dynamodb(event_name="INSERT", new_image={"a": f.S("x")}), id="insert-and-new"),
    pytest.param("dynamodb", f.dynamodb(event_name=["INSERT", "MODIFY"], old_image={"a": f.S("x")}), id="either-event"),
    pytest.param("dynamodb", f.dynamodb(event_name="INSERT", old_image={"a": f.S(f.missing)}), id="insert-and-no-old"),
]


@pytest.mark.parametrize(("source", "pattern"), SILENT)
def test_a_pattern_that_works_has_no_finding(source: str, pattern: Any) -> None:
    assert found(source, pattern) == []
    assert found(source, json.dumps(json.loads(filters.render(pattern))), verbatim=True) == []


FINDINGS: list[Any] = [
    ("sqs", {"data": {"a": [1], "b": [2]}}, [("unknown-key", "filters[0].data")]),
    ("sqs", {"Body": {"a": [1]}}, [("unknown-key", "filters[0].Body")]),
    ("sqs", {"a": [1], "b": [2]}, [("unknown-key", "filters[0].a"), ("unknown-key", "filters[0].b")]),
    ("sqs", {"bodi.a": [1]}, [("unknown-key", 'filters[0]["bodi.a"]')]),
    ("sqs", {"messageAttributes": {"a": {"stringValue": ["x"]}}}, [("unknown-key", "filters[0].messageAttributes")]),
    ("sqs", {"$or": [BODY, {"data": {"a": [1]}}]}, [("unknown-key", "filters[0].$or[1].data")]),
    ("kinesis", {"body": {"a": [1]}}, [("unknown-key", "filters[0].body")]),
    ("kinesis", {"kinesis": {"data": {"a": [1]}}}, [("unknown-key", "filters[0].kinesis")]),
    ("kinesis", {"partitionKey": ["a"]}, [("unproved-metadata", "filters[0].partitionKey")]),
    (
        "msk",
        {"topic": ["a"], "key": ["b"]},
        [("unproved-metadata", "filters[0].topic"), ("unproved-metadata", "filters[0].key")],
    ),
    ("dynamodb", {"event_name": ["INSERT"]}, [("unknown-key", "filters[0].event_name")]),
    ("dynamodb", {"awsRegion": ["eu-west-1"]}, [("unproved-metadata", "filters[0].awsRegion")]),
    (
        "dynamodb",
        {"dynamodb": {"newImage": {"a": {"S": ["x"]}}}},
        [("unknown-key", "filters[0].dynamodb.newImage.a.S")],
    ),
    (
        "activemq",
        {"properties": [{"exists": True}]},
        [("exists-on-object", "filters[0].properties"), ("unproved-metadata", "filters[0].properties")],
    ),
    ("activemq", {"properties": {"a": [{"exists": True}]}}, [("unproved-metadata", "filters[0].properties")]),
    ("activemq", {"messageID": [{"exists": True}]}, [("unproved-metadata", "filters[0].messageID")]),
    ("sqs", {"body": ["x"]}, [("text-pattern", "filters[0].body")]),
    ("msk", {"value": [{"anything-but": ["error"]}]}, [("text-pattern", "filters[0].value")]),
    ("sqs", {"body": {"a": [{"anything-but": "x"}, {"anything-but": "y"}]}}, [("always-true", "filters[0].body.a")]),
    (
        "sqs",
        {"body": {"a": [{"anything-but": "x"}, "q", {"anything-but": ["x", "y"]}, {"anything-but": "z"}]}},
        [("always-true", "filters[0].body.a")],
    ),
    ("sqs", {"body": {"a": ["x", {"anything-but": "x"}]}}, [("always-true", "filters[0].body.a")]),
    ("sqs", {"body": {"a": [{"exists": True}, {"exists": False}]}}, [("always-true", "filters[0].body.a")]),
    ("sqs", '{"body": {"a": [1]}, "body": {"b": [1]}}', [("duplicate-key", "filters[0].body")]),
    ("sqs", {"body": {"$or": ["x", "y"]}}, [("or-is-a-field", "filters[0].body.$or")]),
    ("sqs", {"body": {"$or": {"a": [1]}}}, [("or-is-a-field", "filters[0].body.$or")]),
    ("sqs", {"body": {"a": {"anything-but": ["x"]}}}, [("operator-is-a-field", "filters[0].body.a.anything-but")]),
    ("sqs", {"body": {"a": {"numeric": ["=", 5]}}}, [("operator-is-a-field", "filters[0].body.a.numeric")]),
    ("sqs", {"body": {"a": [{"wildcard": "x*"}]}}, [("unlisted-operator", "filters[0].body.a")]),
    ("sqs", {"body": {"a": [{"cidr": "::/0"}, {"exactly": "x"}]}}, [("unlisted-operator", "filters[0].body.a")] * 2),
    ("sqs", {"body": {"a": [{"anything-but": {"prefix": "x"}}]}}, [("unlisted-operator", "filters[0].body.a")]),
    ("sqs", {"body": {"a": [{"suffix": {"equals-ignore-case": "x"}}]}}, [("unlisted-operator", "filters[0].body.a")]),
    ("sqs", {"body": {"a": [300.0]}}, [("number-by-its-text", "filters[0].body.a")]),
    ("sqs", '{"body": {"a": [3e2, 1.50, 2E1]}}', [("number-by-its-text", "filters[0].body.a")] * 3),
    ("sqs", {"body": {"a": [{"numeric": [">", 1_700_000_000_000]}]}}, [("number-beyond-range", "filters[0].body.a")]),
    (
        "sqs",
        {"body": {"a": [{"numeric": [">", -5_000_000_001, "<", 1e-7]}]}},
        [("number-beyond-range", "filters[0].body.a")] * 2,
    ),
    ("sqs", {"body": {"a": [{"anything-but": [5_000_000_001]}]}}, [("number-beyond-range", "filters[0].body.a")]),
    ("sqs", '{"body": {"a": [{"numeric": ["<", 1e300]}]}}', [("number-beyond-range", "filters[0].body.a")]),
    (
        "sqs",
        '{"body": {"a": [{"numeric": ["<", 1.23456789012345678]}]}}',
        [("number-beyond-range", "filters[0].body.a")],
    ),
    ("sqs", '{"body": {"a": [3e9999, 1.0e10]}}', [("number-by-its-text", "filters[0].body.a")] * 2),
    (
        "sqs",
        {"body": {"a": ["", {"anything-but": {"prefix": []}}]}},
        [("unlisted-operator", "filters[0].body.a"), ("always-true", "filters[0].body.a")],
    ),
    ("sqs", '{"body": {"a": [300, {"anything-but": 3e2}]}}', [("always-true", "filters[0].body.a")]),
    (
        "sqs",
        {"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"]}]}},
        [("or-branches-overlap", "filters[0].body.$or[1]")],
    ),
    (
        "sqs",
        {"body": {"a": [{"equals-ignore-case": "x\U0001f600"}]}},
        [("emoji-ignoring-case", "filters[0].body.a")],
    ),
    ("dynamodb", {"eventName": ["insert"]}, [("impossible-value", "filters[0].eventName")]),
    ("dynamodb", {"eventName": ["INSERT", "UPDATE"]}, [("impossible-value", "filters[0].eventName")]),
    ("dynamodb", {"eventName": [{"prefix": "x"}]}, [("impossible-value", "filters[0].eventName")]),
    ("dynamodb", {"eventSource": ["aws:sqs"]}, [("impossible-value", "filters[0].eventSource")]),
    (
        "dynamodb",
        f.dynamodb(event_name="REMOVE", new_image={"a": f.S("x"), "b": f.S("y")}),
        [
            ("impossible-value", "filters[0].dynamodb.NewImage.a.S"),
            ("impossible-value", "filters[0].dynamodb.NewImage.b.S"),
        ],
    ),
    (
        "dynamodb",
        f.dynamodb(event_name="INSERT", old_image={"a": f.S("x")}),
        [("impossible-value", "filters[0].dynamodb.OldImage.a.S")],
    ),
    ("dynamodb", f.dynamodb(keys={"a": f.BOOL(True)}), []),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"BOOL": ["true"]}}}},
        [("impossible-value", "filters[0].dynamodb.Keys.a.BOOL")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"NULL": [None]}}}},
        [("impossible-value", "filters[0].dynamodb.Keys.a.NULL")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"NULL": [False]}}}},
        [("impossible-value", "filters[0].dynamodb.Keys.a.NULL")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"S": [None, True]}}}},
        [("impossible-value", "filters[0].dynamodb.Keys.a.S")] * 2,
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"S": {"x": ["y"]}}}}},
        [("impossible-value", "filters[0].dynamodb.Keys.a.S.x")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"N": [1, 2]}}}},
        [("number-in-dynamodb", "filters[0].dynamodb.Keys.a.N")] * 2,
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"N": [{"numeric": [">", 1, "<", 5]}]}}}},
        [("number-in-dynamodb", "filters[0].dynamodb.Keys.a.N")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"N": [{"anything-but": [1, 2]}]}}}},
        [("number-in-dynamodb", "filters[0].dynamodb.Keys.a.N")],
    ),
    ("dynamodb", {"dynamodb": {"NewImage": {"a": ["x"]}}}, [("missing-type-letter", "filters[0].dynamodb.NewImage.a")]),
    ("dynamodb", {"dynamodb": {"NewImage": {"S": ["x"]}}}, [("missing-type-letter", "filters[0].dynamodb.NewImage.S")]),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": {"a": [{"exists": False}]}}},
        [("missing-type-letter", "filters[0].dynamodb.NewImage.a")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": {"a": {"s": ["x"]}}}},
        [("missing-type-letter", "filters[0].dynamodb.NewImage.a.s")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": {"a": {"value": ["x"]}}}},
        [("missing-type-letter", "filters[0].dynamodb.NewImage.a.value")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": {"a": {"M": {"b": ["x"]}}}}},
        [("missing-type-letter", "filters[0].dynamodb.NewImage.a.M.b")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": {"a": {"L": ["x"]}}}},
        [("missing-type-letter", "filters[0].dynamodb.NewImage.a.L")],
    ),
    ("dynamodb", {"dynamodb": {"NewImage": ["x"]}}, [("missing-type-letter", "filters[0].dynamodb.NewImage")]),
    (
        "dynamodb",
        {"dynamodb": {"NewImage": [{"exists": True}]}},
        [("exists-on-object", "filters[0].dynamodb.NewImage")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"M": [{"exists": True}]}}}},
        [("exists-on-object", "filters[0].dynamodb.Keys.a.M")],
    ),
    (
        "dynamodb",
        {"dynamodb": {"Keys": {"a": {"L": [{"exists": False}]}}}},
        [("exists-on-object", "filters[0].dynamodb.Keys.a.L")],
    ),
]


@pytest.mark.parametrize(
    ("source", "pattern", "expected"),
    [pytest.param(*case, id=f"{number}-{case[0]}") for number, case in enumerate(FINDINGS)],
)
def test_what_aws_takes_and_never_matches_is_found(source: str, pattern: Any, expected: list[tuple[str, str]]) -> None:
    assert found(source, pattern) == expected
    for finding in filters.compile(source, [pattern]).findings:
        assert finding.severity == kind_on(finding.code, source).severity
        assert finding.filter_index == 0
        assert finding.message
        assert finding.fix
        assert finding.allowed


def test_every_kind_of_finding_is_made_by_some_test() -> None:
    here = Path(__file__)
    texts = "".join(path.read_text() for path in here.parent.glob("test_filter_finding*.py"))

    assert {code for code in KINDS if f'"{code}"' not in texts} == set()
    for kind in EVERY_KIND:
        assert kind.severity <= KINDS[kind.code].severity, "advice, danger, error: of one code KINDS has the gravest"
        assert kind.page.startswith("https://docs.aws.amazon.com/")
        assert kind.summary
