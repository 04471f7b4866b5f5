"""A pipeline of CDK Pipelines: check, test, tell what a deployment does, and deploy each stage when it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ssm as ssm
from aws_cdk import pipelines
from constructs import Construct

from sample_app.app import PARTS

REPOSITORY: Final = "your-organization/shop"
BRANCH: Final = "main"
CONNECTION: Final = "/shop/pipeline/connection-arn"
"""The parameter that holds the ARN of the connection to the repository."""
TOKEN: Final = "shop/pipeline/comments"  # noqa: S105 - a secret's name
"""The secret that holds a token, which may comment on commits of the repository and nothing else."""
STAGES: Final[Mapping[str, bool]] = {"Test": False, "Production": True}
"""The stages in their order, and whether a person has to let a deployment in."""
ASSEMBLY: Final = "cdk.out/pipeline"
INSTALL: Final = (
    "python -m pip install --require-hashes --requirement requirements.lock",
    "python -m pip install --no-deps --no-build-isolation --editable .",
)


class ShopStage(cdk.Stage):
    """The shop in one of its environments.

    Args:
        scope: the pipeline's stack.
        construct_id: the name of the environment, which the names of its stacks begin with.
        parts: the parts of the shop. By default all of them.
    """

    def __init__(self, scope: Construct, construct_id: str, parts: Iterable[str] = tuple(PARTS)) -> None:
        """Build the stacks of the parts."""
        super().__init__(scope, construct_id)
        for name in parts:
            PARTS[name](self, name)


class PipelineStack(cdk.Stack):
    """Each commit is synthesized once; what is then checked, compared and deployed is that assembly.

    Args:
        scope: the app.
        construct_id: the name of the stack.
        parts: the parts of the shop. By default all of them.
    """

    def __init__(self, scope: Construct, construct_id: str, parts: Iterable[str] = tuple(PARTS)) -> None:
        """Build the pipeline."""
        super().__init__(scope, construct_id)
        source = pipelines.CodePipelineSource.connection(
            REPOSITORY,
            BRANCH,
            connection_arn=ssm.StringParameter.value_for_string_parameter(self, CONNECTION),
        )
        synth = pipelines.ShellStep(
            "Synth",
            input=source,
            install_commands=[*INSTALL, "npm ci"],
            commands=[f"npx cdk synth --quiet --app 'python -m sample_app.pipeline' --output {ASSEMBLY}"],
            primary_output_directory=ASSEMBLY,
        )
        pipeline = pipelines.CodePipeline(self, "Pipeline", synth=synth, code_build_defaults=_runtimes())
        # A wave without stages: nothing is deployed anywhere unless both steps succeed.
        pipeline.add_wave("Judge").add_pre(_check(source, synth), _test(source))
        chosen = tuple(parts)
        for name, asks in STAGES.items():
            difference = self._difference(name, chosen, source, synth)
            before: list[pipelines.Step] = [difference]
            if asks:
                approval = pipelines.ManualApprovalStep(
                    f"Release{name}", comment="The comment on the commit says what this deployment does to the mappings"
                )
                approval.add_step_dependency(difference)
                before.append(approval)
            pipeline.add_stage(ShopStage(self, name, chosen), pre=before)

    def _difference(
        self, stage: str, parts: Iterable[str], source: pipelines.CodePipelineSource, synth: pipelines.ShellStep
    ) -> pipelines.Step:
        """Compare the stage with what is deployed, and comment on the commit."""
        stacks = [f"{stage}-{part}" for part in parts]
        assembly = f"assembly/assembly-{self.stack_name}-{stage}"
        return pipelines.CodeBuildStep(
            f"Difference{stage}",
            input=source,
            additional_inputs={"assembly": synth},
            env={"REPOSITORY": REPOSITORY, "COMMIT": source.source_attribute("CommitId")},
            build_environment=codebuild.BuildEnvironment(
                environment_variables={
                    "TOKEN": codebuild.BuildEnvironmentVariable(
                        type=codebuild.BuildEnvironmentVariableType.SECRETS_MANAGER, value=TOKEN
                    )
                }
            ),
            install_commands=[*INSTALL],
            commands=[
                f"bash sample_app/pipeline/difference.sh {assembly} {' '.join(stacks)}",
                "bash sample_app/pipeline/comment.sh",
            ],
            role_policy_statements=[
                iam.PolicyStatement(
                    actions=["cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
                    resources=[
                        self.format_arn(service="cloudformation", resource="stack", resource_name=f"{stack}/*")
                        for stack in stacks
                    ],
                )
            ],
        )


def _check(source: pipelines.CodePipelineSource, synth: pipelines.ShellStep) -> pipelines.Step:
    """Fail the build if a mapping would be refused, or would lose data and nobody consented."""
    return pipelines.CodeBuildStep(
        "Check",
        input=source,
        additional_inputs={"assembly": synth},
        install_commands=[*INSTALL],
        commands=["cdk-esm check assembly"],
    )


def _test(source: pipelines.CodePipelineSource) -> pipelines.Step:
    """Run the tests of the handlers."""
    return pipelines.CodeBuildStep(
        "Tests", input=source, install_commands=[*INSTALL], commands=["python -m pytest sample_app/tests"]
    )


def _runtimes() -> pipelines.CodeBuildOptions:
    """The Python and the Node that the shop is built with, in every step."""
    versions = {"python": "3.13", "nodejs": "22"}
    return pipelines.CodeBuildOptions(
        build_environment=codebuild.BuildEnvironment(build_image=codebuild.LinuxBuildImage.STANDARD_7_0),
        partial_build_spec=codebuild.BuildSpec.from_object(
            {"version": "0.2", "phases": {"install": {"runtime-versions": versions}}}
        ),
    )
