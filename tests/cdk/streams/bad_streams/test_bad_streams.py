"""Whatever is wrong with a stream's bundle is said at once, in this library's words, and leaves nothing behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, REGION
from tests.cdk.streams.bad_streams.bench import ID, StreamBench
from tests.cdk.streams.bad_streams.case import DYNAMODB, KINESIS, SOURCES, Bad, Pair, with_table
from tests.cdk.streams.bad_streams.cases import TABLE, cases

INNER_WORDS: Final = re.compile(r"jsii|javascript|node_modules|traceback|\bat new |0x[0-9a-f]{6}", re.IGNORECASE)
RECORDS: Final = {"NewStream", "NewTable"}
AWS_PAGE: Final = "https://docs.aws.amazon.com/"


@dataclass
class House:
    """One app for all of the cases: each has a stack of its own, and all are synthesized together at the end."""

    app: cdk.App
    rebuilt: dict[frozenset[Pair], str] = field(default_factory=dict)

    def bench(self, code: str, folder: Path, *, bound: bool) -> StreamBench:
        env = cdk.Environment(account=ACCOUNT, region=REGION) if bound else None
        return StreamBench(cdk.Stack(self.app, f"Shop{len(self.app.node.children)}", env=env), code, folder)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    context = {"@aws-cdk/core:failSynthOnValidationErrors": False}
    return House(cdk.App(outdir=str(tmp_path_factory.mktemp("bad-streams")), context=context))


def test_the_table_of_streams_is_as_long_and_as_wide_as_promised() -> None:
    every = cases().values()
    fan_out = [case for case in every if case.keywords.get("enhanced_fan_out")]

    assert len(every) >= 210
    assert len({pair for case in every for pair in case.found}) >= 90
    assert len({rule for case in every for rule, _ in case.found}) >= 35
    assert len(fan_out) >= 40
    assert min(sum(case.construct is one for case in every) for one in (KINESIS, DYNAMODB)) >= 90


@pytest.mark.parametrize("case", TABLE)
def test_a_bad_stream_is_refused_whole_and_leaves_nothing_behind(
    case: Bad, house: House, code: str, tmp_path: Path
) -> None:
    bench = house.bench(code, tmp_path, bound=case.bound)
    keywords: dict[str, Any] = {}
    before = bench.paths()

    with pytest.raises(esm.EsmError) as caught:  # noqa: PT012 - what a case builds may be what is refused
        keywords = case.build(bench)
        before = bench.paths()
        case.construct(bench.stack, ID, **keywords)

    # All of it, in parts, under our own exception.
    assert type(caught.value) is case.error
    findings = caught.value.findings
    assert {(finding.rule.id, finding.setting) for finding in findings} == case.found
    for finding in findings:
        assert finding.path == f"{bench.stack.node.path}/{ID}" if keywords else finding.path in RECORDS
        assert finding.allowed
        assert finding.fix
        assert finding.page.startswith(AWS_PAGE)
        assert finding.acknowledged is None
        assert all(part in str(caught.value) for part in (finding.message, finding.fix, finding.page))
    assert not INNER_WORDS.search(str(caught.value))

    # Nothing stands there, no bucket either, and something right can.
    assert bench.paths() == before
    assert bench.stack.node.try_find_child("EsmFailures") is None
    if house.rebuilt.setdefault(case.found, bench.stack.stack_name) == bench.stack.stack_name:  # once for each mistake
        case.construct(bench.stack, ID, **with_table(case.construct, {"function": bench.function()}))


def test_what_was_built_right_after_a_bad_stream_synthesizes(house: House) -> None:
    """Runs after the cases above: one synthesis for all of them, because each costs more than a stack in it."""
    assembly = house.app.synth()

    for name in house.rebuilt.values():
        resources = assembly.get_stack_by_name(name).template["Resources"].values()
        kinds = [one["Type"] for one in resources]
        assert kinds.count("AWS::Lambda::EventSourceMapping") == 1, name
        assert [one for one in resources if one["Type"] == "AWS::S3::BucketPolicy"], name


@pytest.mark.parametrize("source", SOURCES)
def test_a_call_without_a_function_says_what_is_missing(source: str, stack: cdk.Stack) -> None:
    construct, keywords = SOURCES[source]
    with pytest.raises(esm.EsmTypeError) as caught:
        construct(stack, ID, **with_table(construct, dict(keywords)))

    assert {(one.rule.id, one.setting) for one in caught.value.findings} == {("ESM003", "function")}
    assert stack.node.children == []


def test_a_call_without_a_table_says_what_is_missing(stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        DYNAMODB(stack, ID, function=function)  # type: ignore[call-arg]

    assert {(one.rule.id, one.setting) for one in caught.value.findings} == {("ESM003", "table")}
    assert stack.node.children == []


def test_an_age_without_an_end_cannot_be_written() -> None:
    """So retries without an end and an age without one cannot meet: one of the two always has an end."""
    with pytest.raises(RuntimeError, match="negative"):
        cdk.Duration.seconds(-1)


def test_a_record_cannot_be_given_up_without_a_word() -> None:
    with pytest.raises(TypeError, match="reason"):
        esm.OnFailure.discard()  # type: ignore[call-arg]
