"""Reads CloudFormation templates and cloud assemblies into plans, without aws_cdk and without asking anybody."""
