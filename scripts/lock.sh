#!/bin/sh
# Renews both hashed locks after a change of the dependencies in pyproject.toml. With --upgrade: newest versions.
set -eu
cd "$(dirname -- "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
        --python-version 3.11 pyproject.toml "$@"
}
compile "$@" -o requirements.txt
compile "$@" --group dev -c requirements.txt -o requirements-dev.txt
