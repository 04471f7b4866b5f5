from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Code, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function
from cdk_esm.testing.templates import get, resource
from cdk_esm.testing.templates import mapping as orders
from cdk_esm.testing.templates import plan as read

QUEUE = resource("SQS::Queue")


def code(*, found: bool | Unknowable, close: tuple[str, ...] = (), exists: bool = True) -> Code:
    return Code(path="handlers/orders", exists=exists, handler_found=True, function_found=found, close_names=close)


def test_a_function_that_its_module_does_not_define_is_a_danger() -> None:
    plan = with_function(mapping(), handler="shop.app.handle", code=code(found=False, close=("handler", "handles")))
    (finding,) = check([plan], select=["ESM256"])

    assert (finding.setting, finding.got) == ("Handler", "shop.app.handle")
    assert finding.fix == "did you mean shop.app.handler or shop.app.handles?"


def test_without_a_similar_name_the_fix_is_to_define_it() -> None:
    plan = with_function(mapping(), handler="app.orders", code=code(found=False))
    (finding,) = check([plan], select=["ESM256"])

    assert finding.fix == "define orders in the module app"


def test_a_function_that_is_there_is_accepted() -> None:
    assert ids(with_function(mapping(), handler="app.handler", code=code(found=True)), select=["ESM256"]) == []


SOURCE = "def handler(event, context):\n    pass\n"


def written(handler: str, source: Any = SOURCE, runtime: str = "python3.14") -> MappingPlan:
    """A mapping whose function has its code in the template."""
    settings = {"Handler": handler, "Runtime": runtime, "Code": {"ZipFile": source}}
    return read({"Function": resource("Lambda::Function", settings), "Orders": orders(get("Queue")), "Queue": QUEUE})


def test_function_that_code_in_the_template_does_not_define_is_a_danger() -> None:
    (finding,) = check([written("index.handle")], select=["ESM256"])

    said = "names a function that the code in the template does not define"
    assert finding.message == f"Handler: index.handle {said}"
    assert finding.fix == "did you mean index.handler?"


@pytest.mark.parametrize(
    ("handler", "source", "runtime"),
    [
        ("index.handler", SOURCE, "python3.14"),
        ("app.handle", SOURCE, "python3.14"),  # of the file another rule speaks
        ("index.handle", SOURCE, "nodejs22.x"),
        ("index.handle", {"Fn::ImportValue": "source"}, "python3.14"),
        ("index.handle", "from app import *", "python3.14"),
        ("index.handle", "def", "python3.14"),
        ("index.handle", "pass", "python3.14"),
        ("index.handle", "# comes with the first release", "python3.14"),
        ("index.handler", "handler = print", "python3.14"),
    ],
)
def test_code_in_the_template_that_may_define_it_is_accepted(handler: str, source: Any, runtime: str) -> None:
    assert ids(written(handler, source, runtime), select=["ESM256"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_hidden_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_function(mapping(), handler="app.handler", code=code(found=hidden)), select=["ESM256"]) == []
    assert ids(with_function(mapping(), handler=hidden, code=code(found=False)), select=["ESM256"]) == []
    assert ids(with_function(mapping(), handler=None, code=code(found=False)), select=["ESM256"]) == []
    assert ids(with_function(mapping(), handler="app.handler", code=None), select=["ESM256"]) == []


def test_code_that_does_not_exist_is_left_to_the_rule_about_it() -> None:
    plan = with_function(mapping(), handler="app.handle", code=code(found=False, exists=False))

    assert ids(plan, select=["ESM256"]) == []
