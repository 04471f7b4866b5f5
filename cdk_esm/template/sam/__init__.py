"""AWS SAM: a source with serverless resources becomes the CloudFormation document that the transform would make of it.

It is made as far as it concerns mappings, and knows of each mapping where, and in which words, the user wrote it. An
expression in the source stays one: conditions, parameters and references are CloudFormation's own.
"""
