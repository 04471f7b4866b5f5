from dataclasses import replace

from cdk_esm.plan import Malformed
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

GIVEN = Malformed(
    problem="keyword-too-new",
    keyword="dead_letter_queue",
    got="a DeadLetterQueue",
    accepted="aws-cdk-lib 2.1.0",
    fix="leave it out",
)


def test_the_version_is_told_that_does_not_have_it() -> None:
    (finding,) = check([replace(mapping(), malformed=(GIVEN,))], select=["ESM009"])

    assert finding.message == "dead_letter_queue cannot be given to aws-cdk-lib 2.1.0"
    assert (finding.got, finding.fix) == ("a DeadLetterQueue", "leave it out")


def test_another_problem_is_left_to_its_own_rule() -> None:
    other = replace(GIVEN, problem="missing-keyword")

    assert ids(replace(mapping(), malformed=(other,)), select=["ESM009"]) == []
