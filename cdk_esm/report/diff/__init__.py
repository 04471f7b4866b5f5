"""`cdk-esm diff`: what changes between two states of the mappings, and of what they read."""
