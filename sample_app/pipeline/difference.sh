#!/usr/bin/env bash
# Compares a stage with what is deployed, and writes the comment about it.
#   difference.sh ASSEMBLY STACK...
# Exits with 2 if the comparison was not possible. What would be lost is in the comment: whoever approves reads it.
set -euo pipefail
assembly="$1"
shift
mkdir -p deployed
for stack in "$@"; do
  # A stack that is not there yet has nothing to compare with.
  if aws cloudformation describe-stacks --stack-name "$stack" > describe.json 2> describe.err; then
    aws cloudformation get-template --stack-name "$stack" --template-stage Processed --output json > "deployed/$stack.json"
  elif ! grep --quiet "does not exist" describe.err; then
    cat describe.err >&2
    exit 2
  fi
done
status=0
cdk-esm diff deployed "$assembly" --format markdown > difference.md || status=$?
cat difference.md
test "$status" -lt 2
