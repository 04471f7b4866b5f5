"""The fixes of the whole tables of bad input, of every source: what is code is pasted, and its finding is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, ID, REGION, Bench
from tests.cdk.bad_input.cases import cases as of_queues
from tests.cdk.brokers.bad_input import every_case as of_brokers
from tests.cdk.brokers.variants import CONSTRUCTS, NEEDED
from tests.cdk.kafka.bad_kafka import cases as of_kafka
from tests.cdk.kafka.variants import by_name
from tests.cdk.pasting import pasted
from tests.cdk.streams.bad_streams.bench import StreamBench
from tests.cdk.streams.bad_streams.cases import cases as of_streams

Build = Callable[..., Any]


@dataclass
class Place:
    """Where cases stand: one app, and a stack for each call."""

    app: cdk.App
    code: str
    folder: Path

    def stack(self, *, bound: bool) -> cdk.Stack:
        env = cdk.Environment(account=ACCOUNT, region=REGION) if bound else None
        return cdk.Stack(self.app, f"Shop{len(self.app.node.children)}", env=env)


@dataclass(frozen=True)
class Case:
    """A call that is refused.

    Args:
        bound: its stack is bound to an account and a Region.
        keywords: what makes its keywords in a stack.
        build: what makes the construct with them.
    """

    bound: bool
    keywords: Callable[[Place, cdk.Stack], dict[str, Any]]
    build: Callable[[Place, cdk.Stack, dict[str, Any]], Any]


def every_case() -> Iterator[tuple[str, Case]]:
    """The cases of every source, by its table and their sentence."""
    for table, kind, cases in (("queues", Bench, of_queues()), ("streams", StreamBench, of_streams())):
        for name, one in cases.items():
            yield f"{table}:{name}", _of_bench(kind, one)
    for name, kafka in of_kafka().items():
        yield f"kafka:{name}", Case(False, _kafka_keywords(kafka), _kafka(kafka))
    for name, broker in of_brokers().items():
        yield f"brokers:{name}", Case(broker.bound, _broker_keywords(broker), _broker(broker))


def _of_bench(kind: Any, one: Any) -> Case:
    return Case(
        one.bound,
        lambda at, stack: dict(one.build(kind(stack, at.code, at.folder))),
        lambda _, stack, keywords: one.construct(stack, ID, **keywords),
    )


def _kafka_keywords(one: Any) -> Callable[[Place, cdk.Stack], dict[str, Any]]:
    own = dict(one.changes)
    later = {name: own.pop(name) for name in ("function", "network") if callable(own.get(name))}
    return lambda _, stack: {**own, **{name: make(stack) for name, make in later.items()}}


def _new(at: Place) -> esm.NewFunction:
    return esm.NewFunction(code=at.code, handler="app.handler")


def _kafka(one: Any) -> Build:
    def build(at: Place, stack: cdk.Stack, keywords: dict[str, Any]) -> Any:
        own = dict(keywords)
        return by_name[one.base].build(stack, own.pop("function", None) or _new(at), **own)

    return build


def _broker_keywords(one: Any) -> Callable[[Place, cdk.Stack], dict[str, Any]]:
    return lambda at, stack: {"function": _new(at), **NEEDED[one.kind], **one.built(stack)}


def _broker(one: Any) -> Build:
    return lambda _, stack, keywords: CONSTRUCTS[one.kind](stack, ID, **keywords)


CASES: Final = dict(every_case())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, code: str) -> Place:
    app = cdk.App(outdir=str(tmp_path_factory.mktemp("pasted")))
    return Place(app, code, tmp_path_factory.mktemp("files"))


def refused(make: Callable[[], Any]) -> tuple[esm.Finding, ...]:
    """What refuses a call; nothing if it is taken."""
    try:
        make()
    except (esm.EsmTypeError, esm.InvalidMappingError) as error:
        return error.findings
    return ()


_VALUE = "nothing says which value is meant"
_ELSEWHERE = "what has to change is not in this call: another resource, account, Region or construct"
_TEXT = "it is about the inside of a text or of a pattern, which only its author can rewrite"
_NUMBER = "it names a number and a direction, of which there is more than one"
NO_CODE: Final[dict[str, str]] = {
    **dict.fromkeys(("ESM001", "ESM002", "ESM003", "ESM005", "ESM006", "ESM221", "ESM328"), _VALUE),
    "ESM004": "what is acknowledged is a key of a dict, and it may be meant for another rule",
    "ESM102": "the member of a record is named as CloudFormation names it",
    **dict.fromkeys(("ESM101", "ESM104", "ESM106", "ESM107", "ESM112", "ESM113", "ESM114"), _TEXT),
    **dict.fromkeys(("ESM204", "ESM206", "ESM217", "ESM218", "ESM240", "ESM301", "ESM303"), _NUMBER),
    **dict.fromkeys(("ESM306", "ESM309", "ESM310", "ESM317"), _NUMBER),
    "ESM232": "several settings together are one choice",
    **dict.fromkeys(("ESM108", "ESM209", "ESM210", "ESM211", "ESM212", "ESM213", "ESM215", "ESM216"), _ELSEWHERE),
    **dict.fromkeys(("ESM220", "ESM222", "ESM229", "ESM230", "ESM242", "ESM243", "ESM247", "ESM256"), _ELSEWHERE),
    **dict.fromkeys(("ESM308", "ESM402", "ESM403", "ESM405", "ESM409", "ESM410", "ESM411", "ESM413"), _ELSEWHERE),
    **dict.fromkeys(("ESM430", "ESM431", "ESM260", "ESM262", "ESM263"), _ELSEWHERE),
    **dict.fromkeys(("ESM501", "ESM502", "ESM503", "ESM504", "ESM505", "ESM510", "ESM511", "ESM512"), _TEXT),
    **dict.fromkeys(("ESM513", "ESM514", "ESM533", "ESM534"), _TEXT),
}
"""The rules that have fixes without code in the tables, each with the reason."""
WITHOUT: set[str] = set()
PASTED: list[str] = []


def is_left(case: Case, finding: esm.Finding, way: int, place: Place) -> bool:
    """Whether a call still has the finding with one way of its fix, in a stack of its own."""
    stack = place.stack(bound=case.bound)
    changed = list(pasted(finding.fix, finding.setting, case.keywords(place, stack), stack))[way]
    found = refused(lambda: case.build(place, stack, changed))
    return (finding.rule.id, finding.setting) in {(one.rule.id, one.setting) for one in found}


@pytest.mark.parametrize("name", CASES)
def test_a_fix_that_is_code_is_pasted_and_its_finding_is_gone(name: str, place: Place, tmp_path: Path) -> None:
    case, place = CASES[name], Place(place.app, place.code, tmp_path)
    stack = place.stack(bound=case.bound)
    given: dict[str, Any] = {}

    def make() -> None:
        given.update(case.keywords(place, stack))
        case.build(place, stack, given)

    for index, found in enumerate(refused(make)):
        ways = len(list(pasted(found.fix, found.setting, given, place.stack(bound=case.bound))))
        if not ways or not given:  # a record that refuses its own call is none that could be changed
            WITHOUT.add(found.rule.id)
            assert found.rule.id in NO_CODE, f"{found.rule.id} is to have code, or a reason why not: {found.fix}"
            continue
        PASTED.append(f"{name} {index}")
        place.folder = tmp_path / str(index)
        place.folder.mkdir()
        assert not all(is_left(case, found, way, place) for way in range(ways)), found.fix


def test_many_fixes_are_code_and_no_reason_is_left_over() -> None:
    """Runs after the cases above."""
    assert len(PASTED) >= 350
    assert NO_CODE.keys() == WITHOUT
