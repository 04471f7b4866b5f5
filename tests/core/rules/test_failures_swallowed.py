import pytest

from cdk_esm.plan import Answers
from cdk_esm.rules.engine import check
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import ids, mapping, with_function
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as written
from tests.core.reading_handlers import inline

ANSWERS = Answers(file="app.py", swallows=7)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_failure_that_nobody_hears_of_is_a_danger_at_every_source(kind: str) -> None:
    (finding,) = check([with_function(mapping(kind), inline_code=inline(ANSWERS))], select=["ESM260"])

    assert finding.got == "app.py:7"
    assert ("batchItemFailures" in finding.fix) is ("FunctionResponseTypes" in mapping(kind).settings)


def test_what_is_not_certain_is_not_judged() -> None:
    assert ids(with_function(mapping(), inline_code=None), select=["ESM260"]) == []
    assert ids(with_function(mapping(), inline_code=inline(Answers(file="app.py"))), select=["ESM260"]) == []


def test_code_in_a_template_is_inline() -> None:
    source = "def handler(event, context):\n  try:\n    process(event)\n  except Exception:\n    pass\n"

    def found(**properties: object) -> list[str]:
        about = {"Runtime": "python3.13", "Handler": "index.handler", "Code": {"ZipFile": source}, **properties}
        function = resource("Lambda::Function", about)
        one = {"Queue": resource("SQS::Queue"), "Function": function}
        orders = written(get("Queue"), FunctionName={"Ref": "Function"})
        return ids(plan({**one, "Orders": orders}), select=["ESM260"])

    assert found() == ["ESM260"]
    assert found(Code={"ZipFile": source.replace("pass", "raise")}) == []
    assert found(Code={"ZipFile": {"Fn::Join": ["", [source, "#"]]}}) == ["ESM260"]
    assert found(Code={"ZipFile": {"Ref": "AWS::Region"}}) == []
    assert found(Code={"S3Bucket": "code", "S3Key": "handler"}) == []
    assert found(Runtime="nodejs22.x") == []
    assert found(Handler="index.other") == []
    assert found(Handler="app.handler") == []
