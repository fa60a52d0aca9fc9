#!/bin/sh
# Installs what is missing to build newslint, through the system's package manager (Debian, Ubuntu).
# With "test" as the argument also what its tests want. Run as root, or with sudo installed.
set -eu
build="gcc make pkg-config libyaml-dev libpcre2-dev libcmark-dev libutf8proc-dev libxxhash-dev"
tests="clang clang-format libclang-rt-dev libcmocka-dev valgrind git patch cmark python3 python3-yaml
       libxml2-utils binutils
       g++ python3-jsonschema mandoc groff-base bash zsh fish vim emacs-nox dpkg-dev pre-commit"
want=$build
command -v node >/dev/null || tests="$tests nodejs npm" # some other node may be there
[ "${1:-}" = test ] && want="$build $tests"
missing=
for package in $want; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
command -v apt-get >/dev/null || {
    echo "newslint: install these packages, or what your system calls them:$missing" >&2
    exit 2
}
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "Installing$missing" >&2
$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
# shellcheck disable=SC2086 # the list is words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
