"""Bad input is refused by its rule, before anything is made; and the template that it would be is found out alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from cdk_esm.facts import Form
from cdk_esm.sources import SOURCES
from tests.cdk.brokers.bad_input import Bad, every_case
from tests.cdk.brokers.variants import (
    ACCOUNT,
    CONSTRUCTS,
    CREDENTIALS,
    NEEDED,
    REGION,
    a_broker,
    an_open_cluster,
    build,
)
from tests.cdk.doors.agreement import NOT_IN_A_TEMPLATE, Both, both_doors

CASES: Final = every_case()
OF_THE_CALL: Final = ("ESM001", "ESM002", "ESM003", "ESM004", "ESM005", "ESM006")
HERE: Final = cdk.Environment(account=ACCOUNT, region=REGION)
RENDERED: Final = [name for name, case in CASES.items() if case.rule not in OF_THE_CALL]
NOT_IN_A_BROKERS_TEMPLATE: Final[Mapping[str, str]] = {
    **NOT_IN_A_TEMPLATE,
    "ESM247": "a template has no construct that is for one engine: its broker says what it is",
    "ESM346": "a template has its logical id already",
}
OTHERWISE: Final[Mapping[str, frozenset[str]]] = {
    # The construct says what its source is. In the template the ARN does: a queue is read without credentials, and the
    # role has no permission on it.
    "activemq:the-arn-of-a-queue": frozenset({"ESM102", "ESM311", "ESM440"}),
    "rabbitmq:the-arn-of-a-queue": frozenset({"ESM102", "ESM311", "ESM440"}),
}
LEGAL: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    **{f"{kind}:defaults": (kind, {}) for kind in CONSTRUCTS},
    **{
        f"{kind}:{name}": (kind, {"credentials": chosen.make})
        for kind in CONSTRUCTS
        for name, chosen in CREDENTIALS.items()
    },
    **{
        f"{kind}:a-broker-of-the-app": (kind, {"broker": lambda at, kind=kind: a_broker(at, kind)})
        for kind in ("activemq", "rabbitmq")
    },
    "activemq:a-public-endpoint": ("activemq", {"public_endpoint": True}),
    "rabbitmq:a-virtual-host": ("rabbitmq", {"virtual_host": "erp"}),
    "rabbitmq:a-queue-of-the-longest-name": ("rabbitmq", {"queue_name": "x" * 1_000}),
    "rabbitmq:a-filter": ("rabbitmq", {"filters": [{"data": {"type": ["created"]}}], "virtual_host": "erp"}),
    "documentdb:a-cluster-of-the-app": ("documentdb", {"cluster": an_open_cluster}),
    "documentdb:the-longest-names": ("documentdb", {"database": "d" * 63, "collection": "c" * 57}),
}


def refused(case: Bad, stack: cdk.Stack, function: esm.NewFunction) -> esm.EsmError:
    """The error of a call."""
    keywords = case.built(stack)
    before = len(stack.node.children)
    with pytest.raises(esm.EsmError) as caught:
        build(case.kind, stack, function, **keywords)
    assert len(stack.node.children) == before
    return caught.value


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_by_its_rule_and_nothing_is_made(
    name: str, app: cdk.App, function: esm.NewFunction
) -> None:
    case = CASES[name]
    stack = cdk.Stack(app, "Shop", env=HERE if case.bound else None)
    error: Any = refused(case, stack, function)

    assert case.rule in {finding.rule.id for finding in error.findings}
    for finding in error.findings:
        assert finding.fix
        assert finding.path == "Shop/Orders"
        assert not {"EventSourceArn", "SourceAccessConfigurations", "Queues"} & set(finding.message.split())


def test_each_bound_of_each_sheet_has_a_case() -> None:
    for kind in CONSTRUCTS:
        for setting in SOURCES[kind].settings:
            if setting.keyword is None or setting.form not in (Form.INTEGER, Form.SECONDS) or setting.create_only:
                continue
            names = {name for name in CASES if name.startswith(f"{kind}:{setting.keyword}-")}
            wanted = (setting.minimum or 0) > 0, setting.maximum is not None
            assert tuple(any(end in name for name in names) for end in ("below", "above")) == wanted


def test_cases_are_many_and_about_most_rules_of_brokers() -> None:
    assert len(CASES) >= 130
    assert {case.rule for case in CASES.values()} >= {
        "ESM108",
        "ESM113",
        "ESM242",
        "ESM247",
        "ESM409",
        "ESM411",
        "ESM413",
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, code: str) -> Both:
    function = esm.NewFunction(code, "app.handler")

    def of_case(case: Bad) -> tuple[bool, Any]:
        return case.bound, lambda stack, *_: build(case.kind, stack, function, **case.built(stack))

    def of_legal(kind: str, keywords: Mapping[str, Any]) -> tuple[bool, Any]:
        def make(stack: cdk.Stack, *_: object) -> Any:
            return build(
                kind, stack, function, **{k: one(stack) if callable(one) else one for k, one in keywords.items()}
            )

        return False, make

    cases = {
        **{name: of_case(CASES[name]) for name in RENDERED},
        **{name: of_legal(*one) for name, one in LEGAL.items()},
    }
    return both_doors(cases, tmp_path_factory.mktemp("doors"), code)


@pytest.mark.parametrize("name", [*RENDERED, *LEGAL])
def test_both_doors_find_the_same(name: str, both: Both) -> None:
    construct, template = both.construct[name], both.template[name]
    expected = OTHERWISE.get(name, construct["open"] - NOT_IN_A_BROKERS_TEMPLATE.keys())

    assert template["open"] == expected
    assert template["acknowledged"] == construct["acknowledged"]


@pytest.mark.parametrize("name", LEGAL)
def test_what_is_right_brings_no_more_than_its_advice(name: str, both: Both) -> None:
    assert both.construct[name]["open"] <= {"ESM333", "ESM516"}


def test_every_needed_keyword_is_an_argument_of_its_construct() -> None:
    assert all(len(needed) >= 3 for needed in NEEDED.values())
