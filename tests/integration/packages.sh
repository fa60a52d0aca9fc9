#!/bin/sh
# make static, make dist and make deb: the program runs where there is nothing else, the same sources give the same bytes,
# the Debian packages are installed and removed by dpkg and leave nothing behind.
. tests/tap.sh
[ -z "${SAN:-}" ] || skip_all "with sanitizers"
make=${MAKE:-make}
mkdir "$t/root"
root=$(id -u)

# ---- static ----
"$make" -s static B="$BUILD" >"$t/log" 2>&1
result $? "make static" || show "$t/log"
cp "$BUILD/newslint-static" examples/content/2026/01/damaged-quotes.en.md "$t/root/"
! readelf -lW "$t/root/newslint-static" | grep -q INTERP
result $? "it needs no shared library"
"$BUILD/newslint" --rules news examples/content/2026/01/damaged-quotes.en.md 2>&1 | sed 's,^examples/content/2026/01/,,' >"$t/want"
if [ "$root" -eq 0 ] && chroot "$t/root" /newslint-static --version >/dev/null 2>&1; then
    chroot "$t/root" /newslint-static --rules news damaged-quotes.en.md >"$t/got" 2>&1
    cmp -s "$t/want" "$t/got"
    result $? "it does its work in an empty root folder" || show "$t/got"
else
    skip "only root may change the root folder"
fi

# ---- dist ----
version=$("$BUILD/newslint" --version | sed 's/.* //')
tarball=newslint-$version.tar.gz
"$make" -s dist B="$t" >"$t/log" 2>&1
result $? "make dist" || show "$t/log"
tar -C "$t" -xzf "$t/$tarball"
diff -r "$t/newslint-$version" . | grep -v '^Only in \.' >"$t/diff"
[ -s "$t/newslint-$version/Makefile" ] && [ ! -s "$t/diff" ]
result $? "the tarball holds the sources" || show "$t/diff"
if [ -e .git ]; then
    (cd "$t/newslint-$version" && find . ! -type d -printf '%P\n') | LC_ALL=C sort >"$t/got"
    git ls-files | LC_ALL=C sort | diff - "$t/got" >"$t/diff"
    result $? "all of them, and nothing else" || show "$t/diff"
fi
mkdir "$t/newslint-$version/build"
(cd "$t/newslint-$version" && umask 077 && "$make" -s dist B=build) >"$t/log" 2>&1
cmp -s "$t/$tarball" "$t/newslint-$version/build/$tarball"
result $? "out of the tarball comes the same tarball" || show "$t/log"

# ---- deb ----
if command -v dpkg-shlibdeps >/dev/null; then
    for i in 1 2; do
        DEBFULLNAME='A B' DEBEMAIL=a@example.org "$make" -s deb-of-build B="$BUILD" DEB="$t/deb$i" >"$t/log" 2>&1
        result $? "make deb, $i" || show "$t/log"
    done
    diff -r "$t/deb1" "$t/deb2" >"$t/diff"
    result $? "the same build gives the same packages"
    for library in libyaml-0-2 libpcre2-8-0 libcmark0 libutf8proc libxxhash0 libc6; do
        dpkg-deb -f "$t"/deb1/newslint_*.deb Depends | grep -q "$library" &&
            dpkg-deb -f "$t"/deb1/libnewslint0_*.deb Depends | grep -q "$library"
        result $? "they depend on $library"
    done
    # dpkg with a root folder and a record of its own
    debian() { dpkg --root="$t/debian" --force-depends --force-not-root --log="$t/dpkg.log" "$@" >"$t/log" 2>&1; }
    mkdir -p "$t/debian/var/lib/dpkg/info" "$t/debian/var/lib/dpkg/updates"
    : >"$t/debian/var/lib/dpkg/status"
    find "$t/debian" ! -type d | sort >"$t/before"
    debian --install "$t"/deb1/*.deb
    result $? "dpkg installs them" || show "$t/log"
    [ "$("$t/debian/usr/bin/newslint" --version)" = "newslint $version" ] &&
        [ -s "$t/debian/usr/share/man/man1/newslint.1.gz" ] && [ -s "$t/debian/usr/include/newslint.h" ] &&
        [ -L "$t/debian/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/libnewslint.so" ] &&
        [ -z "$(find "$t/debian" -path "$t/debian/usr" -prune -o -path "$t/debian/var/lib/dpkg" -prune -o ! -type d -print)" ]
    result $? "what they install is in /usr and runs"
    (cd "$t/debian" && find usr/share/doc/newslint ! -type d && md5sum -c --quiet var/lib/dpkg/info/*.md5sums) >"$t/log" 2>&1
    result $? "their sums are right" || show "$t/log"
    debian --purge newslint libnewslint0 libnewslint-dev
    result $? "dpkg purges them" || show "$t/log"
    [ ! -e "$t/debian/usr" ]
    result $? "nothing is left behind" || find "$t/debian/usr" | sed 's/^/# /'
else
    skip "dpkg-dev is not installed"
fi
