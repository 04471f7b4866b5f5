"""The transforms that AWS hosts, and whether a template says without them which mappings it makes.

Read from the CloudFormation template reference (Transform reference) on 2026-11-28.
"""

from collections.abc import Mapping
from typing import Final

_REFERENCE: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"

MACROS: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html"
"""The page about macros, which may make anything of a template."""

LANGUAGE_EXTENSIONS: Final = "AWS::LanguageExtensions"
"""The transform of loops and of further functions of the template itself."""

MAKES_NO_MAPPING: Final[Mapping[str, str]] = {
    # Blue/green deployments of Amazon ECS services.
    "AWS::CodeDeployBlueGreen": _REFERENCE + "transform-aws-codedeploybluegreen.html",
    # Functions and loops of the template itself, which the reader evaluates.
    LANGUAGE_EXTENSIONS: _REFERENCE + "transform-aws-languageextensions.html",
    # Functions that rotate secrets, in a nested stack.
    "AWS::SecretsManager-2020-07-23": _REFERENCE + "transform-aws-secretsmanager.html",
    "AWS::SecretsManager-2024-09-16": _REFERENCE + "transform-aws-secretsmanager.html",
    # Outputs of provisioned products, in the place of references to them.
    "AWS::ServiceCatalog": _REFERENCE + "transform-aws-servicecatalog.html",
}
"""Name to page; none of them makes an event source mapping, or changes a resource that one reads."""

PROCESSED: Final = "check what CloudFormation makes of it: `aws cloudformation get-template --template-stage Processed`"
"""What to do about a macro: the reader runs none."""


def name_of(entry: object) -> str:
    """The name of a macro, which is there alone or in an object with its parameters."""
    name = entry.get("Name") if isinstance(entry, dict) else entry
    return name if isinstance(name, str) else "without a name"
