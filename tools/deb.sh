#!/bin/sh
# tools/deb.sh VERSION SOVERSION BUILD FOLDER: makes three Debian packages in FOLDER out of what was built in BUILD: newslint
# (the program and what editors and shells need), libnewslintN and libnewslint-dev. They hold what `make install` installs.
# DEBFULLNAME and DEBEMAIL, or else git's, name the maintainer. The same build gives the same bytes (SOURCE_DATE_EPOCH).
set -eu
version=$1-1 upstream=$1 soversion=$2 build=$3 out=$(cd "$4" && pwd)
arch=$(dpkg-architecture -qDEB_HOST_ARCH)
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
library=libnewslint$soversion
maintainer="${DEBFULLNAME:-$(git config user.name || echo newslint)}"
maintainer="$maintainer <${DEBEMAIL:-$(git config user.email || echo root@localhost.localdomain)}>"
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y Makefile)
fi
export SOURCE_DATE_EPOCH
umask 022

# ---- Everything, then each file into its package ----
work=$out/work
rm -rf "$work"
mkdir -p "$work/debian"
"${MAKE:-make}" -s install B="$build" DESTDIR="$work/all" PREFIX=/usr LIBDIR="/usr/lib/$triplet"
for package in newslint "$library" libnewslint-dev; do mkdir -p "$work/$package/DEBIAN"; done
move() { # PACKAGE PATH...
    to=$work/$1
    shift
    for path; do
        mkdir -p "$to/${path%/*}"
        mv "$work/all/$path" "$to/$path"
    done
}
lib=usr/lib/$triplet
# Debian's zsh looks there.
mkdir "$work/all/usr/share/zsh/vendor-completions"
mv "$work/all/usr/share/zsh/site-functions/_newslint" "$work/all/usr/share/zsh/vendor-completions/"
rmdir "$work/all/usr/share/zsh/site-functions"
move "$library" "$lib/libnewslint.so.$upstream" "$lib/libnewslint.so.$soversion"
move libnewslint-dev "$lib/libnewslint.so" "$lib/libnewslint.a" "$lib/pkgconfig/newslint.pc" usr/include/newslint.h
rmdir -p "$work/all/$lib/pkgconfig" "$work/all/usr/include" 2>/dev/null || true
cp -R "$work/all/usr" "$work/newslint/"
chmod 644 "$work/$library/$lib/libnewslint.so.$upstream"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$work/newslint/usr/bin/newslint" \
    "$work/$library/$lib/libnewslint.so.$upstream"
strip --strip-debug --enable-deterministic-archives "$work/libnewslint-dev/$lib/libnewslint.a"
find "$work/newslint/usr/share/man" -type f -exec gzip -9n {} +

# ---- What the packages say of themselves ----
printf 'Source: newslint\nMaintainer: %s\n\nPackage: newslint\nArchitecture: any\n' "$maintainer" >"$work/debian/control"
# needs FILE: the packages whose libraries it is linked with
needs() {
    (cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "$1" 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
}
# package NAME SECTION DEPENDS SUMMARY DESCRIPTION: closes it
package() {
    root=$work/$1
    doc=$root/usr/share/doc/$1
    mkdir -p "$doc"
    gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
    {
        printf 'newslint (%s) unstable; urgency=medium\n\n  * See changelog.gz.\n\n' "$version"
        printf ' -- %s  %s\n' "$maintainer" "$(LC_ALL=C date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')"
    } | gzip -9n >"$doc/changelog.Debian.gz"
    printf '%s\n' "Made by \`make deb\` out of the sources of newslint $upstream." '' \
        "Copyright $(date -u -d "@$SOURCE_DATE_EPOCH" +%Y) the authors of newslint. The sources name no licence; ask the authors" \
        'before you pass this package on.' >"$doc/copyright"
    (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
    {
        printf 'Package: %s\nSource: newslint\nVersion: %s\nArchitecture: %s\nMaintainer: %s\n' "$1" "$version" "$arch" \
            "$maintainer"
        printf 'Installed-Size: %s\nDepends: %s\nSection: %s\nPriority: optional\n' \
            "$(du -k -s --apparent-size "$root/usr" | cut -f1)" "$3" "$2"
        [ "$1" = newslint ] || echo 'Multi-Arch: same'
        printf 'Description: %s\n%s\n' "$4" "$5"
    } >"$root/DEBIAN/control"
    dpkg-deb --build --root-owner-group "$root" "$out/$1_${version}_$arch.deb" >/dev/null
    echo "$out/$1_${version}_$arch.deb"
}
about=' newslint checks the articles of a news site, Markdown files with YAML front
 matter, against declarative rules: required fields, types, timestamps, damaged
 text, headings. It says exactly where and why, and repairs what can be repaired
 without loss.'
package newslint text "$(needs newslint/usr/bin/newslint)" 'checks the articles of news sites' "$about"
printf 'libnewslint %s %s (>= %s)\n' "$soversion" "$library" "$upstream" >"$work/$library/DEBIAN/shlibs"
echo 'activate-noawait ldconfig' >"$work/$library/DEBIAN/triggers"
package "$library" libs "$(needs "$library/$lib/libnewslint.so.$upstream")" \
    'checks the articles of news sites (library)' "$about
 .
 This package contains the shared library."
package libnewslint-dev libdevel "$library (= $version), libyaml-dev, libpcre2-dev, libcmark-dev, libutf8proc-dev, libxxhash-dev" \
    'checks the articles of news sites (development files)' "$about
 .
 This package contains what is needed to build programs that use the library."
rm -rf "$work"
