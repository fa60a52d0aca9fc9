#!/bin/sh
# Installs what is missing to build newslint, through the system's package manager (Debian, Ubuntu).
# With "test" as the argument also what its tests want, with "analyze" what `make analyze` wants. Run as root, or with
# sudo installed.
set -eu
# Debian's names, each with what shows that it is there, however it came: `:` a command, `=` a module of pkg-config.
build="gcc:cc make:make pkg-config:pkg-config libyaml-dev=yaml-0.1 libpcre2-dev=libpcre2-8 libcmark-dev=libcmark
       libutf8proc-dev=libutf8proc libxxhash-dev=libxxhash"
tests="gcc:gcc clang:clang clang-format:clang-format libclang-rt-dev libcmocka-dev=cmocka valgrind:valgrind git:git
       patch:patch cmark:cmark python3:python3 python3-yaml libxml2-utils:xmllint binutils:objcopy
       g++:g++ python3-jsonschema mandoc:mandoc groff-base:groff bash:bash zsh:zsh fish:fish vim:vim emacs-nox:emacs
       dpkg-dev:dpkg-shlibdeps pre-commit:pre-commit nodejs:node npm:npm cppcheck:cppcheck"
analyze="gcc:gcc clang-format:clang-format clang-tidy:clang-tidy cppcheck:cppcheck libcmocka-dev=cmocka"

there() {
    case $1 in
    *:*) command -v "${1#*:}" >/dev/null ;;
    *=*) pkg-config --exists "${1#*=}" 2>/dev/null ;;
    *) dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
    esac
}
# missing WORD...: the names of those that are not there
missing() {
    for word; do
        there "$word" || printf ' %s' "${word%%[:=]*}"
    done
}
# shellcheck disable=SC2086 # the lists are words
{
    needed=$(missing $build)
    wanted=
    [ "${1:-}" != test ] || wanted=$(missing $tests)
    [ "${1:-}" != analyze ] || wanted=$(missing $analyze)
}
[ -n "$needed$wanted" ] || exit 0
command -v apt-get >/dev/null || {
    echo "newslint: install these packages, or what your system calls them:$needed$wanted" >&2
    exit 2
}
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "Installing$needed$wanted" >&2
$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
# What a test wants and this system does not have is done without: the test is skipped.
had=
for package in $wanted; do
    if apt-cache show "$package" >/dev/null 2>&1; then
        had="$had $package"
    else
        echo "newslint: this system has no package $package" >&2
    fi
done
[ -n "$needed$had" ] || exit 0
# shellcheck disable=SC2086 # the lists are words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $needed $had >&2
