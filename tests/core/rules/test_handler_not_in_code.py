import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Code
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def code(*, found: bool | Unknowable, exists: bool = True) -> Code:
    return Code(path="handlers/orders", exists=exists, handler_found=found)


def test_a_handler_whose_module_is_not_there_is_a_danger() -> None:
    (finding,) = check([with_function(mapping(), handler="ap.handler", code=code(found=False))], select=["ESM215"])

    assert (finding.setting, finding.got) == ("Handler", "ap.handler")


def test_a_handler_whose_module_is_there_is_accepted() -> None:
    assert ids(with_function(mapping(), handler="app.handler", code=code(found=True)), select=["ESM215"]) == []


def test_code_that_does_not_exist_is_left_to_the_rule_about_it() -> None:
    plan = with_function(mapping(), handler="app.handler", code=code(found=False, exists=False))

    assert ids(plan, select=["ESM215"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_hidden_handler_and_code_out_of_sight_are_not_judged(hidden: Unknowable) -> None:
    assert ids(with_function(mapping(), handler="app.handler", code=code(found=hidden)), select=["ESM215"]) == []
    assert ids(with_function(mapping(), handler=hidden, code=code(found=False)), select=["ESM215"]) == []
    assert ids(with_function(mapping(), handler="app.handler", code=None), select=["ESM215"]) == []


@pytest.mark.parametrize(
    ("looked_for", "words"),
    [("module", "names a module"), ("class", "names a class"), ("bootstrap", "starts a file bootstrap")],
)
def test_the_message_says_what_the_runtime_looks_for(looked_for: str, words: str) -> None:
    missing = Code(path="handlers/orders", exists=True, handler_found=False, looked_for=looked_for)
    (finding,) = check([with_function(mapping(), handler="app.handler", code=missing)], select=["ESM215"])

    assert words in finding.message
    assert "'handlers/orders'" in finding.message
    assert "'handlers/orders'" in finding.fix
