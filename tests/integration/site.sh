#!/bin/sh
# Rules that compare articles: the same is said of an article whether it is checked alone, on
# standard input, or with its whole site; nothing is said of articles that were not named.
. tests/tap.sh
cd "$t" || exit 2

so() { # STATUS NAME
    result "$1" "$2" || show out err
}

# lint WANTED ARGUMENTS...: what it says of the ids goes to out.
lint() {
    wanted=$1
    shift
    "$newslint" "$@" >out 2>err
    status=$?
    [ "$status" -eq "$wanted" ]
}

article() { # FILE ID LANG
    mkdir -p "$(dirname "$1")"
    printf -- '---\ntitle: Täglich\nexternalId: %s\nlang: %s\n---\n\nText.\n' "$2" "$3" >"$1"
}

mkdir site
cat >site/newslint.yaml <<'END'
newslint: 1
name: s
exclude: ["content/archive/**"]
rules:
  id: {check: unique, fields: [externalId, lang]}
END
article site/content/a.md 1 en
article site/content/b.md 1 en
article site/content/c.md 1 uk
article site/content/d.md 2 en
article site/content/deep/e.md 2 en
article site/content/archive/f.md 1 en
article site/ignored/g.md 1 en
article site/content/node_modules/h.md 1 en
echo /ignored/ >site/.gitignore
article site/inner/a.md 1 en
printf 'newslint: 1\nname: inner\nrules:\n  id: {check: unique, fields: [externalId]}\n' >site/inner/newslint.yaml
article outside/a.md 1 en

cd site || exit 2
lint 1 .
cp out ../whole
so $? "the whole site"
grep -qF 'content/a.md:3:13: error: `externalId` is not unique: `1`, `en` stands also in `content/b.md` [s/id]' out
so $? "a pair that is ignored, excluded or of another site apart"
[ "$(wc -l <out)" -eq 4 ]
so $? "two pairs"

bad=0
for f in content/a.md content/b.md content/c.md content/d.md content/deep/e.md; do
    "$newslint" "$f" >out 2>err
    grep "^$f:" ../whole >want
    cmp -s out want || bad=1
    "$newslint" --stdin-filename "$f" - <"$f" >out 2>err
    cmp -s out want || bad=1
done
so $bad "each article alone, and on standard input, is told the same"
"$newslint" content/deep content/b.md >out 2>err
grep -e '^content/deep' -e '^content/b.md' ../whole >want
cmp -s out want
so $? "some of the files"
grep -q 'in 2 of 2 files' err
so $? "only what was named is counted"

sed 's/externalId: 1/\nexternalId: 2/' content/a.md >../new.md
"$newslint" --stdin-filename content/a.md - <../new.md >out 2>err
grep -qF 'content/a.md:4:13: error: `externalId` is not unique: `2`, `en` stands also in other articles, the first being `content/d.md` (2 others)' out &&
    [ "$(wc -l <out)" -eq 1 ]
so $? "standard input replaces the article of its name"
"$newslint" --stdin-filename content/new.md - <content/a.md >out 2>err
grep -qF 'the first being `content/a.md` (2 others)' out
so $? "standard input may be an article that is not there yet"
printf -- '---\ntitle: no id\n---\n' | "$newslint" --stdin-filename content/a.md - >out 2>err
so $? "an article that has nothing to compare"

lint 0 --no-index content/a.md
so $? "--no-index compares what was named alone"
lint 1 --no-index content/a.md content/b.md && [ "$(wc -l <out)" -eq 2 ]
so $? "--no-index still compares that"
lint 1 --include '*a.md' content && [ "$(wc -l <out)" -eq 1 ]
so $? "--include narrows what is reported, not what it is compared with"
lint 0 --exclude b.md content/a.md
so $? "--exclude leaves out of the comparison too"
lint 1 --no-ignore content/a.md && grep -qF '(2 others)' out
so $? "--no-ignore holds for the rest too"
lint 1 inner/a.md ; [ "$status" -eq 0 ]
so $? "a site within the site is one of its own"
(cd content && "$newslint" a.md >../out 2>../err)
grep -qF 'a.md:3:13: error: `externalId` is not unique: `1`, `en` stands also in `b.md`' out
so $? "from a folder below: paths are seen from there"
(cd content/deep && "$newslint" e.md >../../out 2>../../err)
grep -qF 'stands also in `../d.md`' out
so $? "from a folder below: paths above"
lint 0 -c newslint.yaml ../outside/a.md
so $? "with --config, what lies outside of its folder is compared with nothing"
lint 1 -c newslint.yaml content/a.md
so $? "with --config, what lies in its folder is"
lint 1 --format json content/a.md && grep -q '"path": *"content/b.md"' out && ! grep -q '"line": *0' out
so $? "the other place is related, with its position"
chmod 000 content/b.md
if [ ! -r content/b.md ]; then
    lint 0 content/a.md
    so $? "nothing is said of a file that was not asked for and cannot be read"
fi
chmod 644 content/b.md

cd ..
mkdir plain
article plain/a.md 7 en
article plain/b.md 7 en
"$newslint" plain/a.md >out 2>err
! grep -q news/unique-id out
so $? "without a rule file nobody knows where the site ends"
"$newslint" plain >out 2>err
grep -q news/unique-id out
so $? "without a rule file what was named is compared"

mkdir siblings
printf 'newslint: 1\nname: s\nrules:\n  id: {check: unique, fields: [externalId]}\n' >siblings/newslint.yaml
article siblings/one/a.md 1 en
article siblings/two/a.md 1 en
lint 1 siblings && [ "$(wc -l <out)" -eq 2 ]
so $? "folders beside each other are one site"

# Messages of the rule's own.
mkdir own
cat >own/newslint.yaml <<'END'
newslint: 1
name: s
fields: {title: {type: string}}
rules:
  id: {check: unique, fields: [externalId, lang], message: "{{{field}}} {value} ({title}): {count} more, as {other}"}
END
article own/a.md 1 en
article own/b.md 1 en
article own/c.md 1 en
lint 1 own/b.md && grep -qF 'own/b.md:3:13: error: {externalId} 1, en (Täglich): 2 more, as own/a.md [s/id]' out
so $? "a message of the rule's own, with its names"
sed 's/{count}/{cuont}/' own/newslint.yaml >own/bad.yaml
lint 2 -c own/bad.yaml own/b.md && grep -q 'did you mean `count`' out
so $? "an unknown name in it is an error of the rule file"

# Many: more findings than are held in memory, some that wait and are looked at again.
mkdir many
cat >many/newslint.yaml <<'END'
newslint: 1
name: s
rules:
  id: {check: unique, fields: externalId}
  title: {check: required, fields: title, level: warning}
END
awk 'BEGIN {
    for (i = 0; i < 8000; i++) {
        f = sprintf("many/%05d.md", i)
        printf "---\n%sexternalId: %d\n---\n", i % 8 ? "" : "title: A\n", i < 7900 ? i : i - 5000 >f
        close(f)
    }
}'
"$newslint" -j1 many >one 2>err
"$newslint" -j3 many >three 2>err
cp one out
cmp -s one three && [ "$(grep -c 's/title' one)" -eq 7000 ] && [ "$(grep -c 's/id' one)" -eq 200 ]
so $? "many articles: one thread says what three say"
LC_ALL=C sort -t: -k1,1 -s one | cmp -s - one
so $? "many articles: in order"
"$newslint" --format junit many >out 2>err
[ "$(grep -c '<testsuite ' out)" -eq 8000 ]
so $? "many articles: clean ones are told too where the format names them"
mkdir same
cp many/newslint.yaml same
awk 'BEGIN { for (i = 0; i < 3000; i++) { f = sprintf("same/%05d.md", i); print "---\ntitle: A\nexternalId: 1\n---" >f; close(f) } }'
lint 1 same && [ "$(grep -c '(2999 others)' out)" -eq 3000 ]
so $? "one id in thousands of articles"
mkdir part
cp many/newslint.yaml part
printf -- '---\ntitle: A\nexternalId: 1\n---\n' >part/a.md
ln -s nowhere part/b.md
lint 0 part/a.md && [ ! -s out ]
so $? "an article of the site that cannot be read, and was not asked for"
