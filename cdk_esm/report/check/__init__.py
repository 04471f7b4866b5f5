"""`cdk-esm check`: from paths to findings with their places, and to every form in which they are told."""
