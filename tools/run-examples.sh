#!/bin/sh
# Installs what is missing, builds newslint and runs it on the example articles.
set -eu
cd "$(dirname "$0")/.."
sh tools/deps.sh
make -s -j"$(nproc)" build/newslint
status=0
build/newslint "$@" examples/content || status=$?
echo "newslint ended with status $status (0: clean, 1: findings, 2: it could not do its work)" >&2
[ "$status" -le 1 ]
