import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Code
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

ARM = Code(path="handlers/orders", exists=True, arm_files=("bootstrap", "fast.so"))


@pytest.mark.parametrize("architecture", ["x86_64", None])
def test_code_for_arm_on_x86_is_a_danger(architecture: str | None) -> None:
    (finding,) = check([with_function(mapping(), architecture=architecture, code=ARM)], select=["ESM255"])

    assert (finding.setting, finding.got) == ("Architectures", "x86_64")
    assert "bootstrap, fast.so" in finding.message


def test_code_for_the_processor_of_the_function_is_accepted() -> None:
    x86 = Code(path="handlers/orders", exists=True, x86_files=("fast.so",))

    assert ids(with_function(mapping(), architecture="arm64", code=ARM), select=["ESM255"]) == []
    assert ids(with_function(mapping(), architecture="x86_64", code=x86), select=["ESM255"]) == []


def test_a_hidden_architecture_and_code_out_of_sight_are_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(with_function(mapping(), architecture=hidden, code=ARM), select=["ESM255"]) == []
    assert ids(with_function(mapping(), architecture="x86_64", code=None), select=["ESM255"]) == []
