"""CloudFormation itself: documents, stacks, expressions and what they come to."""
