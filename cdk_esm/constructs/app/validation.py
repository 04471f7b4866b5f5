"""The whole-app check: a policy validation plugin that runs at every synth, for what one construct cannot see."""

from __future__ import annotations

import aws_cdk as cdk
import jsii

from cdk_esm.constructs.app.acknowledged import NOT_JUDGED
from cdk_esm.rules.engine import rules


@jsii.implements(cdk.IPolicyValidationPlugin)
class MappingValidation:
    """Checks every event source mapping of an app when it is synthesized, whoever made it.

    ``Validations.of(app).add_plugins(MappingValidation())`` is all: the synthesized templates are read, so plain CDK
    constructs, aspects and grants are seen too. It costs no further synth and starts no process. An ``error`` or a
    ``danger`` fails the synth; an ``advice`` is reported, and so is, as a warning, what could not be judged. A finding
    is acknowledged through CDK, and stays in the report:
    ``Validations.of(scope).acknowledge(Acknowledgment(id="cdk-esm::ESM304", reason="…"))``.

    The first construct of ours in an app registers the check by itself, for the constructs of ours and for what other
    mappings do to them. Nothing is reported twice if it is registered by hand as well.

    Args:
        everyone: judge all mappings; otherwise only those of our constructs.
    """

    def __init__(self, *, everyone: bool = True) -> None:
        self._everyone = everyone

    @property
    def name(self) -> str:
        """The plugin's name, and the namespace of its rules in acknowledgements."""
        return "cdk-esm"

    @property
    def version(self) -> str | None:
        """The version in the report."""
        return None

    @property
    def rule_ids(self) -> list[str] | None:
        """The rules that it runs."""
        return [*rules(), NOT_JUDGED]

    def validate(self, context: cdk.IPolicyValidationContext) -> cdk.PolicyValidationPluginReport:
        """Run the rules over every mapping in the synthesized templates."""
        # Whoever builds an app and does not synthesize it needs no template reader.
        from cdk_esm.constructs.app.report import as_report  # noqa: PLC0415 - likewise
        from cdk_esm.constructs.app.whole_app import stacks_of, verdict_on  # noqa: PLC0415 - likewise

        stacks = stacks_of(context)
        return as_report(lambda: verdict_on(context.app_construct, stacks, everyone=self._everyone, plugin=id(self)))
