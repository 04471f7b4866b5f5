"""What the construct refuses, the template reader finds in the template that it would have been; and nothing else.

Every configuration of the tables of bad input, and of the tables of what is legal, is rendered without the constructs'
guard, synthesized, and read as somebody's template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ID, Bench
from tests.cdk.bad_input.case import built
from tests.cdk.bad_input.cases import cases as bad_queues
from tests.cdk.bad_input.legal import TABLE as LEGAL_QUEUES
from tests.cdk.doors.agreement import NOT_IN_A_TEMPLATE, Both, Build, both_doors
from tests.cdk.streams.bad_streams.bench import StreamBench
from tests.cdk.streams.bad_streams.case import with_table
from tests.cdk.streams.bad_streams.cases import cases as bad_streams
from tests.cdk.streams.test_legal_streams import EVERY as LEGAL_STREAMS

NOT_SYNTHESIZED: Final[Mapping[str, str]] = {
    "queue:a-queue-of-a-stack-in-another-region": "CDK refuses a reference into another Region where there is no name",
    "stream:a-stream-of-a-stack-in-another-region": "likewise",
    "stream:a-table-of-a-stack-in-another-region": "likewise",
}
"""Configurations of which CDK makes no template at all."""

OTHERWISE: Final[Mapping[str, frozenset[str]]] = {
    # The construct says that its queue is none. In the template the ARN says what the source is, and what it lacks.
    "queue:the-arn-of-a-table-as-a-queue": frozenset({"ESM109", "ESM222", "ESM318"}),
    # Nor does its role have what a poller of that source needs.
    "stream:the-arn-of-a-queue": frozenset({"ESM102", "ESM440"}),
    # The policy of a queue may come until the app is synthesized: its template shows that there is none.
    "queue:a-strangers-queue-under-a-key-that-cannot-be-shared": frozenset({"ESM305", "ESM308", "ESM405", "ESM414"}),
    # What is handed to a construct may be there already; a template that makes it says that it is new.
    "stream:only-what-is-yet-to-come-of-an-existing-stream": frozenset({"ESM351"}),
    "stream:only-what-is-yet-to-come-of-an-existing-table": frozenset({"ESM351"}),
    "stream:the-arn-of-a-kinesis-stream-as-a-tables": frozenset({"ESM440"}),
}
"""Configurations of which a template says something else, and what is found there."""

MORE: Final[Mapping[str, str]] = {
    "queue:an-existing-fifo-queue": "ESM362",  # as a FIFO queue it has the batch of ten that is the service's default
    "queue:legal:nothing-granted-by-choice": "ESM414",  # grants may come until the app is synthesized
    "queue:legal:a-function-that-reserves-five": "ESM361",  # what shares the reserve may come until then, too
}
"""Configurations of which a template says one thing more."""


def _queue_case(case: Any) -> tuple[bool, Build]:
    def build(stack: cdk.Stack, folder: Path, code: str) -> Any:
        bench = Bench(stack, code, folder)
        return case.construct(stack, ID, **built(case.keywords, bench))

    return case.bound, build


def _stream_case(case: Any) -> tuple[bool, Build]:
    def build(stack: cdk.Stack, folder: Path, code: str) -> Any:
        bench = StreamBench(stack, code, folder)
        return case.construct(stack, ID, **with_table(case.construct, built(case.keywords, bench)))

    return case.bound, build


def _rules_of(case: Any) -> frozenset[str]:
    return frozenset(rule for rule, _ in case.found)


def _malformed(case: Any) -> bool:
    return case.error is esm.EsmTypeError


BAD: Final[Mapping[str, Any]] = {
    **{f"queue:{name}": case for name, case in bad_queues().items()},
    **{f"stream:{name}": case for name, case in bad_streams().items()},
}
LEGAL: Final[Mapping[str, Any]] = {
    **{f"queue:legal:{row.id}": row.values[0] for row in LEGAL_QUEUES},
    **{f"stream:legal:{row.id}": row.values[0] for row in LEGAL_STREAMS},
}
RENDERED: Final = [name for name, case in BAD.items() if not _malformed(case) and name not in NOT_SYNTHESIZED]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, code: str) -> Both:
    every = {**{name: BAD[name] for name in RENDERED}, **LEGAL}
    cases = {
        name: _stream_case(case) if name.startswith("stream:") else _queue_case(case) for name, case in every.items()
    }
    return both_doors(cases, tmp_path_factory.mktemp("doors"), code)


def in_a_template(rules: frozenset[str]) -> frozenset[str]:
    return rules - NOT_IN_A_TEMPLATE.keys()


@pytest.mark.parametrize("sentence", RENDERED)
def test_what_the_construct_refuses_is_found_in_its_template(sentence: str, both: Both) -> None:
    construct, template = both.construct[sentence], both.template[sentence]

    assert _rules_of(BAD[sentence]) <= construct["open"]
    if sentence in OTHERWISE:
        assert template["open"] == OTHERWISE[sentence]
    else:
        assert template["open"] - {MORE.get(sentence)} == in_a_template(construct["open"])
        assert template["acknowledged"] == in_a_template(construct["acknowledged"])


def test_what_a_template_says_more_is_said(both: Both) -> None:
    assert all(rule in both.template[sentence]["open"] for sentence, rule in MORE.items())


@pytest.mark.parametrize("sentence", LEGAL)
def test_what_the_construct_builds_has_the_same_findings_in_its_template(sentence: str, both: Both) -> None:
    construct, template = both.construct[sentence], both.template[sentence]

    assert construct["open"] | construct["acknowledged"] >= set(LEGAL[sentence].advice)
    assert template["open"] - {MORE.get(sentence)} == in_a_template(construct["open"])
    assert template["acknowledged"] == in_a_template(construct["acknowledged"])


@pytest.mark.parametrize("sentence", [*RENDERED, *LEGAL])
def test_without_its_metadata_a_template_hides_nothing(sentence: str, both: Both) -> None:
    """Consent, which the metadata keeps, only ever settles a finding; nobody else's template has that metadata."""
    consented, bare = both.template[sentence], both.bare[sentence]

    assert not bare["acknowledged"]
    assert bare["open"] >= consented["open"] | consented["acknowledged"]


def _compared() -> Iterator[str]:
    """The configurations whose findings are compared, and not only said to be the construct's own affair."""
    for name in RENDERED:
        if name not in OTHERWISE and in_a_template(_rules_of(BAD[name])):
            yield name


def test_at_least_302_configurations_are_compared() -> None:
    assert len(list(_compared())) >= 302
    assert len({rule for name in _compared() for rule in in_a_template(_rules_of(BAD[name]))}) >= 46
    assert len(LEGAL) >= 166


def test_every_case_that_is_not_compared_has_a_rule_that_templates_cannot_break() -> None:
    malformed = [case for case in BAD.values() if _malformed(case)]
    only_there = [BAD[name] for name in RENDERED if not in_a_template(_rules_of(BAD[name]))]

    assert all(any(rule in NOT_IN_A_TEMPLATE for rule in _rules_of(case)) for case in (*malformed, *only_there))
    assert {rule for case in BAD.values() for rule in _rules_of(case)} >= NOT_IN_A_TEMPLATE.keys() - {
        "ESM401",
        "ESM407",
    }
    assert NOT_SYNTHESIZED.keys() | OTHERWISE.keys() <= BAD.keys()
