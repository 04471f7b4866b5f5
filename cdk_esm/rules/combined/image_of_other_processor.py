"""The image of a function must be built for the processor that the function runs on.

An image that is built without a platform is for the processor of the machine that builds it. If that is another one
than the function's, everything deploys. Then every invocation fails with "exec format error", and message after message
goes to the dead-letter queue, or is lost if there is none.

Bad:
    >>> ids(with_function(mapping(), architecture="arm64", image=Image(path="images/orders")), select=["ESM257"])
    ['ESM257']

Good:
    >>> image = Image(path="images/orders", processor="arm64")
    >>> ids(with_function(mapping(), architecture="arm64", image=image), select=["ESM257"])
    []

Template:
    none: a template has the name of an image, and not the processor that it was built for.

Python:
      function = lambda_.DockerImageFunction(
          self,
          "Function",
          architecture=lambda_.Architecture.ARM_64,
    -     code=lambda_.DockerImageCode.from_image_asset("images/orders", platform=ecr_assets.Platform.LINUX_AMD64),
    +     code=lambda_.DockerImageCode.from_image_asset("images/orders", platform=ecr_assets.Platform.LINUX_ARM64),
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM257", name="image-of-other-processor", severity=Severity.DANGER, facts=(), page=pages.ARCHITECTURES)
_PLATFORMS: Final = {"arm64": "LINUX_ARM64", "x86_64": "LINUX_AMD64"}


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the architecture, x86-64 if none is given, with the platform of the image."""
    image = plan.function.image
    if image is None:
        return
    wanted, processor = known(plan.function.architecture) or "x86_64", known(image.processor)
    platform = _PLATFORMS.get(wanted)
    if platform is None or processor == wanted:
        return
    built = "the machine that builds it" if processor is None else processor
    yield RULE.finding(
        plan,
        setting="Architectures",
        got=processor,
        allowed=f"an image for {wanted}",
        message=f"the function runs on {wanted}, but its image of {image.path!r} is built for {built}",
        fix=f"pass platform=aws_ecr_assets.Platform.{platform} where the image is made "
        "(from aws_cdk import aws_ecr_assets)",
    )
