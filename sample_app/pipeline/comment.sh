#!/usr/bin/env bash
# Puts difference.md as a comment on the commit COMMIT of REPOSITORY at GitHub, with the token TOKEN.
set -euo pipefail
python -c 'import json, sys; json.dump({"body": sys.stdin.read()}, sys.stdout)' < difference.md > comment.json
curl --silent --show-error --fail --output /dev/null --header "Authorization: Bearer $TOKEN" --data @comment.json \
  "https://api.github.com/repos/$REPOSITORY/commits/$COMMIT/comments"
