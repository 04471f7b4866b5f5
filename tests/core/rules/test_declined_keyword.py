from dataclasses import replace

from cdk_esm.plan import Malformed
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

GIVEN = Malformed(
    problem="declined-keyword",
    keyword="dead_letter_queue",
    got="a DeadLetterQueue",
    accepted="the construct makes it",
    fix="leave it out",
)


def test_the_reason_is_told_and_the_way_around() -> None:
    (finding,) = check([replace(mapping(), malformed=(GIVEN,))], select=["ESM008"])

    assert finding.message == "dead_letter_queue is not taken here: the construct makes it"
    assert (finding.got, finding.fix) == ("a DeadLetterQueue", "leave it out")


def test_another_problem_is_left_to_its_own_rule() -> None:
    other = replace(GIVEN, problem="missing-keyword")

    assert ids(replace(mapping(), malformed=(other,)), select=["ESM008"]) == []
