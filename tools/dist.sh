#!/bin/sh
# tools/dist.sh VERSION FILE: writes the sources as a tarball, to be run at the root of the sources. They are what git
# knows, or in a tree that came out of a tarball all that is there but what was built. The same sources give the same
# bytes: names are sorted, owners and modes are fixed, and the time is that of the last commit (or SOURCE_DATE_EPOCH).
set -eu
version=$1 file=$2
names=$(mktemp)
trap 'rm -f "$names"' EXIT
if [ -e .git ]; then
    git ls-files -z >"$names"
    time=$(git log -1 --format=%ct)
else
    find . -path ./build -prune -o ! -type d ! -name compile_commands.json -printf '%P\0' >"$names"
    time=$(stat -c %Y Makefile)
fi
LC_ALL=C sort -z -o "$names" "$names"
tar --create --file="$file.tar" --null --no-recursion --format=ustar --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --mtime="@${SOURCE_DATE_EPOCH:-$time}" --transform="s,^,newslint-$version/," --files-from="$names"
gzip -9n <"$file.tar" >"$file.tmp"
rm "$file.tar"
mv "$file.tmp" "$file"
