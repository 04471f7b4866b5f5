from dataclasses import replace

from cdk_esm.plan import Malformed
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def malformed(problem: str) -> Malformed:
    return Malformed(problem=problem, keyword="timeout", got="30", accepted="a Duration", fix="mend it")


def test_an_unknown_keyword_is_refused_in_the_words_of_the_record() -> None:
    plan = replace(mapping(), malformed=(malformed("unknown-keyword"),))

    (finding,) = check([plan], select=["ESM002"])

    assert (finding.setting, finding.got, finding.allowed) == ("timeout", "30", "a Duration")
    assert finding.message == "there is no keyword timeout; accepted: a Duration"
    assert finding.fix == "mend it"


def test_every_one_of_several_is_reported() -> None:
    plan = replace(mapping(), malformed=(malformed("unknown-keyword"), malformed("unknown-keyword")))

    assert ids(plan, select=["ESM002"]) == ["ESM002", "ESM002"]


def test_another_problem_is_left_to_its_own_rule() -> None:
    assert ids(replace(mapping(), malformed=(malformed("missing-keyword"),)), select=["ESM002"]) == []
