import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Code
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

X86 = Code(path="handlers/orders", exists=True, x86_files=("fast.so", "slow.so"))


def test_x86_libraries_on_arm_are_a_danger() -> None:
    (finding,) = check([with_function(mapping(), architecture="arm64", code=X86)], select=["ESM214"])

    assert (finding.setting, finding.got) == ("Architectures", "arm64")
    assert "fast.so, slow.so" in finding.message


@pytest.mark.parametrize("architecture", ["x86_64", None])
def test_x86_libraries_on_x86_are_accepted(architecture: str | None) -> None:
    assert ids(with_function(mapping(), architecture=architecture, code=X86), select=["ESM214"]) == []


def test_pure_python_on_arm_is_accepted() -> None:
    pure = Code(path="handlers/orders", exists=True)

    assert ids(with_function(mapping(), architecture="arm64", code=pure), select=["ESM214"]) == []


def test_a_hidden_architecture_and_code_out_of_sight_are_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(with_function(mapping(), architecture=hidden, code=X86), select=["ESM214"]) == []
    assert ids(with_function(mapping(), architecture="arm64", code=None), select=["ESM214"]) == []
