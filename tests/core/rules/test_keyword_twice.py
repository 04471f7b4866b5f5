from dataclasses import replace

from cdk_esm.plan import Malformed
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def beside(page: str = "") -> Malformed:
    return Malformed(
        problem="keyword-twice",
        keyword="memory_mb",
        got="memory_size",
        accepted="memory_mb is the former name of memory_size",
        fix="leave memory_mb out",
        page=page,
    )


def test_both_keywords_are_named_with_the_reason_why_one_is_too_many() -> None:
    (finding,) = check([replace(mapping(), malformed=(beside(),))], select=["ESM007"])

    assert finding.message == ("memory_mb and memory_size are both given: memory_mb is the former name of memory_size")
    assert finding.fix == "leave memory_mb out"


def test_the_page_of_the_keyword_comes_before_that_of_the_rule() -> None:
    page = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_sqs/README.html"

    (finding,) = check([replace(mapping(), malformed=(beside(page),))], select=["ESM007"])

    assert finding.page == page


def test_another_problem_is_left_to_its_own_rule() -> None:
    other = replace(beside(), problem="unknown-keyword")

    assert ids(replace(mapping(), malformed=(other,)), select=["ESM007"]) == []
