from dataclasses import replace

from cdk_esm.plan import Malformed
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def malformed(problem: str) -> Malformed:
    return Malformed(problem=problem, keyword="timeout", got="30", accepted="a Duration", fix="mend it")


def test_a_choice_without_a_reason_is_refused_in_the_words_of_the_record() -> None:
    plan = replace(mapping(), malformed=(malformed("reason"),))

    (finding,) = check([plan], select=["ESM005"])

    assert (finding.setting, finding.got, finding.allowed) == ("timeout", "30", "a Duration")
    assert finding.message == "timeout needs a Duration, got 30"
    assert finding.fix == "mend it"


def test_every_one_of_several_is_reported() -> None:
    plan = replace(mapping(), malformed=(malformed("reason"), malformed("reason")))

    assert ids(plan, select=["ESM005"]) == ["ESM005", "ESM005"]


def test_another_problem_is_left_to_its_own_rule() -> None:
    assert ids(replace(mapping(), malformed=(malformed("type"),)), select=["ESM005"]) == []
