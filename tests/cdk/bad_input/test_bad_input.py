"""Whatever is wrong with a call is said at once, in this library's words, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, ID, REGION, Bench, Built, function_arn, queue_arn
from tests.cdk.bad_input.case import Bad
from tests.cdk.bad_input.cases import TABLE, cases

INNER_WORDS: Final = re.compile(r"jsii|javascript|node_modules|traceback|\bat new |0x[0-9a-f]{6}", re.IGNORECASE)
QUIET: Final = esm.Alarms(off=dict.fromkeys(("age", "dead_letters", "errors", "throttles"), "not looked at"))
RECORDS: Final = {"Alarms", "NewFunction", "NewQueue", "NoDeadLetterQueue", "ProvisionedPollers"}


@dataclass
class House:
    """One app for all of the cases: each has a stack of its own, and all are synthesized together at the end."""

    app: cdk.App
    rebuilt: dict[str, Built] = field(default_factory=dict)

    def bench(self, code: str, folder: Path, *, bound: bool) -> Bench:
        env = cdk.Environment(account=ACCOUNT, region=REGION) if bound else None
        return Bench(cdk.Stack(self.app, f"Shop{len(self.app.node.children)}", env=env), code, folder)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(cdk.App(outdir=str(tmp_path_factory.mktemp("bad-input"))))


def names_a_keyword(finding: esm.Finding, keywords: dict[str, Any]) -> bool:
    """Whether a finding speaks of one of the keywords, or of a member of a record that was given for one."""
    names = {*keywords, *(name for one in keywords.values() if is_dataclass(one) for name in vars(one))}
    said = re.sub(r"[^a-z]", "", f"{finding.message} {finding.fix}".casefold())
    return any(name.replace("_", "") in said for name in names)


def pairs() -> Iterator[tuple[str, str]]:
    for case in cases().values():
        yield from case.found


def test_the_table_is_as_long_and_as_wide_as_promised() -> None:
    assert len(cases()) >= 370
    assert len(set(pairs())) >= 140


@pytest.mark.parametrize("case", TABLE)
def test_bad_input_is_refused_whole_and_leaves_nothing_behind(
    case: Bad, house: House, code: str, tmp_path: Path
) -> None:
    bench = house.bench(code, tmp_path, bound=case.bound)
    keywords: dict[str, Any] = {}
    before = bench.paths()

    def call() -> None:
        keywords.update(case.build(bench))
        before[:] = bench.paths()
        case.construct(bench.stack, ID, **keywords)

    with pytest.raises(esm.EsmError) as caught:
        call()

    # All of it, in parts, under our own exception.
    assert type(caught.value) is case.error
    findings = caught.value.findings
    assert {(finding.rule.id, finding.setting) for finding in findings} == case.found
    for finding in findings:
        assert finding.path == f"{bench.stack.node.path}/{ID}" if keywords else finding.path in RECORDS
        assert finding.allowed
        assert finding.fix
        assert finding.page.startswith("https://docs.aws.amazon.com/")
        assert finding.acknowledged is None
        assert not keywords or names_a_keyword(finding, keywords)
        assert all(part in str(caught.value) for part in (finding.message, finding.fix, finding.page))
    assert not INNER_WORDS.search(str(caught.value))

    # Nothing stands there, and something right can: small, because there are many of them.
    assert bench.paths() == before
    assert bench.stack.node.try_find_child(ID) is None
    name = bench.stack.stack_name
    queue = bench.known_queue(queue_arn(name + ".fifo" * (case.construct is esm.SqsFifoToLambda)), "QueueAfter")
    function = bench.imported(function_arn(name), "FunctionAfter")
    construct: Callable[..., object] = case.construct
    construct(bench.stack, ID, queue=queue, function=function, grants=False, alarms=QUIET)
    house.rebuilt[bench.stack.stack_name] = case.construct


def test_a_bundle_built_after_a_refusal_synthesizes(house: House) -> None:
    """Runs after the cases above: one synthesis for all of them, because each costs more than a stack in it."""
    assembly = house.app.synth()

    for name in house.rebuilt:
        resources = assembly.get_stack_by_name(name).template["Resources"]
        mappings = [one for one in resources.values() if one["Type"] == "AWS::Lambda::EventSourceMapping"]
        assert len(mappings) == 1, name
