import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Image
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


@pytest.mark.parametrize(
    ("architecture", "processor", "platform"),
    [
        ("arm64", None, "LINUX_ARM64"),
        ("arm64", "x86_64", "LINUX_ARM64"),
        ("x86_64", None, "LINUX_AMD64"),
        (None, "arm64", "LINUX_AMD64"),
    ],
)
def test_an_image_for_another_processor_or_for_any_is_a_danger(
    architecture: str | None, processor: str | None, platform: str
) -> None:
    image = Image(path="images/orders", processor=processor)
    (finding,) = check([with_function(mapping(), architecture=architecture, image=image)], select=["ESM257"])

    assert (finding.setting, finding.got) == ("Architectures", processor)
    assert f"platform=aws_ecr_assets.Platform.{platform}" in finding.fix
    assert (processor or "the machine that builds it") in finding.message


@pytest.mark.parametrize(("architecture", "processor"), [("arm64", "arm64"), ("x86_64", "x86_64"), (None, "x86_64")])
def test_an_image_for_the_processor_of_the_function_is_accepted(architecture: str | None, processor: str) -> None:
    image = Image(path="images/orders", processor=processor)

    assert ids(with_function(mapping(), architecture=architecture, image=image), select=["ESM257"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_hidden_is_not_judged(hidden: Unknowable) -> None:
    image, open_image = Image(path="images/orders"), Image(path="images/orders", processor=hidden)

    assert ids(with_function(mapping(), architecture=hidden, image=image), select=["ESM257"]) == []
    assert ids(with_function(mapping(), architecture="arm64", image=open_image), select=["ESM257"]) == []
    assert ids(with_function(mapping(), architecture="riscv", image=image), select=["ESM257"]) == []
    assert ids(with_function(mapping(), architecture="arm64", image=None), select=["ESM257"]) == []
