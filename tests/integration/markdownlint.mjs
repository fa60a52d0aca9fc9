// Compares newslint's set `markdownlint` with the npm package: the findings of each file, as rule and
// line, must be the same.
//
//     node markdownlint.mjs MODULES NEWSLINT TMP FILES...
//
// MODULES holds node_modules; FILES are articles, or folders of them, to be looked at besides the
// CommonMark specification's examples, random documents, and the cases below. Speaks TAP.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, newslint, tmp, ...given] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(modules, "package.json"));
const { lint } = await import(
  pathToFileURL(join(modules, "node_modules/markdownlint/lib/exports-sync.mjs")).href
);
const random = Number(process.env.RANDOM_DOCUMENTS || 1000);

const rules = ["MD001", "MD003", "MD018", "MD019", "MD020", "MD021", "MD022", "MD023", "MD024",
  "MD025", "MD026", "MD036", "MD041", "MD043", "MD051"];

// Each configuration, as markdownlint has it; for newslint `level` is `heading_level`. Together they
// hold every parameter of the rules, and every value of those that are a choice.
const configurations = {
  "defaults": {},
  "other parameters": {
    MD001: { front_matter_title: "" },
    MD003: { style: "setext_with_atx" },
    MD022: { lines_above: 2, lines_below: [1, 0, 2, -1] },
    MD024: { siblings_only: true },
    MD025: { level: 2, front_matter_title: "" },
    MD026: { punctuation: ".?" },
    MD036: { punctuation: "" },
    MD041: { level: 2, front_matter_title: "^subtitle:", allow_preamble: true },
    MD043: { headings: ["*", "## a", "?", "+", "# B"] },
    MD051: { ignore_case: true, ignored_pattern: "^z" }
  },
  "no heading": { MD003: { style: "atx_closed" }, MD022: { lines_above: 0, lines_below: 0 }, MD026: { punctuation: "" }, MD043: { headings: [] } },
  "one of all": {
    MD003: { style: "setext" },
    MD022: { lines_above: [0, 2], lines_below: 3 },
    MD025: { level: 3 },
    MD026: { punctuation: "]^-\\a." },
    MD041: { level: 3 },
    MD043: { headings: ["# a", "*"], match_case: true },
    MD051: { ignored_pattern: "[A-Z]" }
  },
  "a title elsewhere": {
    MD001: { front_matter_title: "^a:" },
    MD003: { style: "setext_with_atx_closed" },
    MD022: { lines_above: -1, lines_below: -1 },
    MD024: { siblings_only: false },
    MD025: { front_matter_title: "^a:" },
    MD036: { punctuation: "*.b" },
    MD041: { front_matter_title: "", allow_preamble: true },
    MD043: { headings: ["?", "+", "## B c", "*"] },
    MD051: { ignore_case: true }
  },
  "the rest": {
    MD003: { style: "atx" },
    MD022: { lines_above: [1, 1, 0, 0, 0, 3], lines_below: [2] },
    MD025: { level: 6, front_matter_title: "" },
    MD041: { level: 6, front_matter_title: "" },
    MD043: { headings: ["*", "# A", "*", "*", "?"], match_case: true }
  }
};

const cases = [
  "", "\n", "# A", "text", "---\ntitle: A\n---\n# B\n", "---\ntitle: A\n\n# B\n", "\n---\ntitle: A\n---\n",
  "---\nseo:\n  title: A\n---\n### B\n", "---\ntitle: A\n---   \n\n\n# B\ntext", "+++\ntitle = 1\n+++\n## B",
  "+++\na = 1\n...\n## B", "{\n\"title\": 1\n}\n## B", "---\n---\n# A", "----\ntitle: a\n---\n", "--- \na: 1\n---x\n---\n# A",
  "---\r\ntitle: A\r\n---\r\n# B\r\ntext\r\n", "\uFEFF---\ntitle: A\n---\n# B", "---\rtitle: A\r---\r# B\rtext\r",
  "<!-- markdownlint-disable -->\n#A\n", "<!-- markdownlint-disable MD018 md041 -->\n\n#A\n# B\n",
  "#A <!-- markdownlint-disable-line -->\n#B", "<!-- markdownlint-disable-next-line MD018 -->\n#A\n#B\n",
  "#A\n<!-- markdownlint-disable-file headings -->\n#B\n", "#A\n<!-- markdownlint-disable spaces -->\n#A\n<!-- markdownlint-enable MD018 -->\n#A\n",
  "<!-- markdownlint-capture -->\n<!-- markdownlint-disable -->\n#A\n<!-- markdownlint-restore -->\n#A\n",
  "<!-- markdownlint-disable MD018 -->\n<!-- markdownlint-capture -->\n<!-- markdownlint-enable -->\n#A\n<!-- markdownlint-restore -->\n#A\n",
  "<!-- markdownlint-configure-file { \"default\": false } -->\n#A\n", "#A\n\n<!-- markdownlint-configure-file { \"MD018\": false, \"MD003\": { \"style\": \"setext\" } } -->\n# A\n",
  "<!-- markdownlint-configure-file { \"MD022\": false, \"headings\": true, \"first-line-h1\": { \"level\": 2 } } -->\n\n# A\n\n#B\n",
  "<!--\nmarkdownlint-disable MD018\n-->\n#A\n", "<!-- MARKDOWNLINT-DISABLE Headings -->\n#A\n", "<!-- markdownlint-disabled -->\n#A\n",
  "#️⃣ A\n", "##\u00a0A\n", "# A\u00a0\n", "#A#\n", "# C#\n", "# A \\##\n", "# A\\#\n", "## A##  \n", "##   ##\n", "# A  #\n", "#\tA\n", "#\t\tA\n", "#  \n",
  "> # A\n> # B", "> # A\n> # B\n", "- # A\n  # B\n", ">  # A\n", "  A\n===\n", "A\n   ===\n", "# A <a id=\"x\"></a>\n\n# A\n\n[l](#x) [m](#y)\n",
  "[a]: b\nText\n===\nmore\n", "text\n\n[a]: b\nText\n---\nmore\n", "# A\n<!-- c -->\n\n# B <!-- > -->\n-->\n# C\n", "a\n<!-- x -->\n# A\n",
  "<!-- c\n\n#A\n-->\n#B\n", "a <!-- #\n#A\n--> b\n", "<h1>A</h1>\n\n# B\n", "<!-- c -->\n<h2>A</h2>\n", "<div><h1>\n\n# A\n", "<!-- c --> text\n",
  "**A**\n", "**A** \n", "**A**\\\n", "*A*\n", "**A.**\n", "***A***\n", "**a_b**\n", "**a [b] c**\n", "**10:30**\n", "**a: b**\n", "**$5 to $6**\n", "**$5**\n",
  "**a &amp; b**\n", "**a \\* b**\n", "**A**<br>\n", "<div>**A**</div>\n", "<pre>\n\n**A**\n\n</pre>\n", "**a**\n**b**\n", "> **A**\n", "- **A**\n",
  "# A.\n\n# B&copy;\n\n# C :tada:\n\n# D&#38;\n\n# E:\n\n# **F.**\n\nG!\n===\n\n# H。\n",
  "# It’s “q” C++ & C#\n\n[a](#its-q-c--c) [b](#It's)\n", "# A\n\n## A\n\n[x](#a-1) [y](#a-2) [z](#A) [l](#L1) [t](#top) [e](#)\n\n[d]: #nope\n",
  "# É\n\n[a](#é) [b](#%C3%A9)\n", "# a {#custom-id}\n\n[a](#custom-id) [b](#custom)\n", "# [x](#tab/y)\n\n# [z](#tab/w)\n", "[![a](#x)](#y)\n\n# y\n",
  "# http://a.b [l](#)\n\n[m](#A) http://x[l](#q) <http://y>[n](#r)\n", "# node:fs and :x[y]{z}\n\n[a](#node-and-y)\n", "# a@b.c\n\n[d](#abc)\n", "**http://e.f**\n",
  "? \n=\n\nA \n=\n\nA\n=\n", "<?<h1>\n", "<?<!-<h2>\n", "- # A\n# B", "-\n\t# A\n  # B\n ", "# A\n-\n\t# B\n  # C", "[r]: x\n A\n-\n", " [r]: x\n A\n-\n", "- <!--<a name=x>\n[l](#x)\n",
  "---\ntitle: x\n---\n<!-- markdownlint-configure-file {\"MD025\": {\"level\": 3}, \"MD051\": {}} -->\n\n### A\n\n[l](#Z)\n",
  "# A\n\n# a\n\n# A \n\nA\n=\n", "A\nB\n===\n\n# A B\n", "## A\n\n## A\n\n### A\n\n## B\n\n### A\n", "* A\n* * *\n# B\n",
  "x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n---\n\n# H\n", "a | b\n:-: | ---\n1 | \\| 2\n---\n# H\n", "| a |\n|---|---|\n| 1 |\n---\n# H\n", "a \\| b\n|---|\n1\n---\n"
];

// A small generator of random numbers (mulberry32), so that every run sees the same documents.
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// What documents are made of. Math, directives and footnotes are left out: cmark has none.
const inlines = ["a", "b", "A", "B c", "*a*", "**b**", "_c_", "`x`", "[l](#a)", "[l](#B)", "![i](u)", "<b>t</b>", "&amp;", "\\#", "é", "…", "C#",
  ".", "!", "?", ":", "#", "##", "&#46;", ":ok:", "<!-- c -->", "[r]", "[r][r]", "<http://x.y>", "**d.**", "  ", "\\*"];
const prefixes = ["", "", "", "", "", " ", "  ", "   ", "    ", "> ", ">  ", ">", "- ", "  ", "1. ", "> - ", "\t"];
const lines = ["", "", "", "", "===", "---", "-", "***", "```", "~~~", "<div>", "</div>", "<!--", "-->", "<!-- x -->", "<pre>", "</pre>", "[r]: #a",
  "[r]: /u 'x'", "<h1>a</h1>", "#", "##", "# ", "##  ", "## ##", "#a", "##a", "#a#", "# a#", "#  a  #", "<!-- markdownlint-disable -->",
  "<!-- markdownlint-enable MD022 -->", "<!-- markdownlint-disable-next-line -->"];
const fronts = ["", "", "", "", "---\ntitle: x\n---\n", "---\na: 1\n---\n", "---\na: 1\n---   \n\n\n", "+++\ntitle = 'x'\n+++\n", "{\n\"title\": 1\n}\n", "---\ntitle: x\n...\n",
  "---\ns:\n  Title: x\n---\n", "--- \n\"title\": x\n---\n", "---\ntitle: x\n", "\n---\ntitle: x\n---\n", "\uFEFF---\ntitle: x\n---\n", "\uFEFF", "---\n---\n", "---\nsubtitle: x\n---\n"];

// And what the rules are known to stumble over.
const traps = {
  inlines: ["é", "Ж", "日本", "ǅ", "İ", "ß", "😀", "#️⃣", "\u00a0", "\u3000", "\u200b", "a\u0301", "ﬁ", "C# & C++", "“q”", "it's", "a  b", "a_b", "-", "--", "[l](#é)", "[l](#%C3%A9)",
    "[l](#Ж)", "[l](#ж)", "[l](#a-1)", "[l](#A)", "[l](#top)", "[l](#L10)", "[l](#L1C2-L3C4)", "[l](#L1C2)", "[l](#)", "[l](<#a b>)", "[l](#x \"t\")", "[![i](#a)](#b)", "![i](#q)", "[a](b#c)",
    "<a id=\"x\">", "<a name=x></a>", "<i id='y' />", "</a>", "<br>", "<br/>", "{#x}", "{#a-b}", "{#A}", "&copy;", "&#x41;", "&nosuch;", "&", "\\", "\\\\", "\\`", "``a`b``", "`a\\`", "*a", "**a* b**",
    "***a***", "_a_b_", "*a*b", "__a__", "~~a~~", "a|b", "\\|", ":tada:", ":+1:", "::", "；", "。", "！", "!!", "…", "e.g.", "https://x.y/#z", "a@b.c", "[x]", "[ ]", "[A][]", "[É]", "\t", "&lt;b>", "<!-- a",
    "b -->", "<?p?>", "<![CDATA[x]]>", "#a", "\\#a", "a#", "# #", "##a"],
  prefixes: ["", "", "", " ", "  ", "   ", "    ", "\t", " \t", "> ", ">", ">\t", ">  ", ">   ", ">     ", "> > ", ">> ", "- ", "-   ", "-\t", "* ", "+ ", "1. ", "12) ", "  - ", "   1. ", "- - ", "- > ", "> - ", "> 1. ", "    - "],
  lines: ["", "", "", "", " ", "\t", ">", "> ", "-", "1.", "*", "=", "==", "  ===", "    ===", "=== =", "--", "---", "  ---", "- - -", "***", "* * *", "___", "```", "````", "~~~", "``` a", "```a`", "<div>", "<div id=\"a\">",
    "</div>", "<p>", "<pre>", "<script>", "</script>", "<style>", "<h1>", "<h2 id=x>", "<H3/>", "</h1>", "<?", "?>", "<!A b", "<![CDATA[", "]]>", "<x-y z>", "<del>*a*</del>", "**a**", "*a b*", "__A__", "**a.**", "**a**  ",
    "**a** b", "**A**<br>", "<b>**a**</b>", "**a\\* b**", "**a:b**", "<!--", "-->", "<!-- x -->", "<!-- x --> y", "<!-->", "<!--->", "<!-- a -- b -->", "<!-- > -->", "[r]: #a", "[r]: #A 'x'", "[r]:", "#b", "[R]: <#a b>",
    "[É]: #é", "[r]: /u", "[r]: /u 'x", "x'", "[r]: /u\n\"y\"", "#", "##", "# #", "# ##", "## #", "#\t", "#\ta", "# a #\t", "#\u00a0a", "#a", "##a", "#a#", "##a ##", "# a#", "# a \\#", "# a\\##", "#  a  #", "#a  #", "####### a", "#️⃣ a", "#!a", "#1",
    "\\# a", "# a\u00a0", "# *a*", "# `a`.", "# [a](#a).", "# a&copy;", "# a.", "# :ok:", "# ?", "# [a](#tab/b)", "# <b>a</b>", "# ", "a\\", "a  ", "import x from 'y'", "{/* # a */}", "| a | b |", "a | b", "--- | ---", "|---|", "|:-:|--|", "| - |"],
  comments: ["disable", "enable", "disable-line", "disable-next-line", "disable-file", "enable-file", "capture", "restore", "disabled", "disable-", "DISABLE", "Enable-File"],
  names: ["", "", "", "MD018", "md022 MD041", "headings", "heading-style", "single-title single-h1", "no-duplicate-heading", "MD999", "blanks-around-headings\tMD001", "first-line-h1", "Emphasis", "links", "spaces", "blank_lines",
    "atx", "MD018,MD022", "MD018 -- why"],
  configs: ["{ \"MD018\": false }", "{\"default\": true, \"MD022\": false}", "{\"MD003\": {\"style\": \"setext\"}}", "{ \"headings\": false, \"MD001\": true }", "{\"heading-style\": {\"style\": \"atx_closed\"}, \"MD041\": {\"level\": 2}}", "{bad", "{\"MD022\": {\"lines_above\": [0, 2]}}",
    "{\n \"MD026\": {\"punctuation\": \"a\"}\n}", "{\"no-duplicate-heading\": {\"siblings_only\": true}, \"single-h1\": {\"level\": 3}}", "[]", "{\"MD043\": {\"headings\": [\"# a\", \"*\"]}}", "{\"MD018\": null, \"MD019\": 0, \"MD020\": \"\"}",
    "{\"MD022\": {\"enabled\": false}}", "{\"MD022\": {\"severity\": \"warning\", \"lines_below\": 2}}", "{\"MD018\": \"warning\", \"headings\": \"error\"}"]
};

function document(seed, given) {
  const next = generator(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const kind = next();
  const among = kind < 0.4 ? { inlines, prefixes, lines } : kind < 0.8 || given.length === 0 ? traps : { inlines: traps.inlines, prefixes, lines: given };
  const text = () => Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(among.inlines)).join(pick([" ", "", " "]));
  const comment = () => next() < 0.8 ? `<!--${pick([" ", "", "\t", " "])}markdownlint-${pick(traps.comments)} ${pick(traps.names)} -->` : `<!-- markdownlint-configure-file ${pick(traps.configs)} -->`;
  const count = 1 + Math.floor(next() * 14);
  const end = pick(["\n", "\n", "\n", "\n", "\r\n", "\r"]);
  let out = pick(fronts);
  for (let i = 0; i < count; i++) {
    const of = next();
    const line = of < 0.3 ? "#".repeat(1 + Math.floor(next() * 4)) + pick([" ", " ", " ", "  ", "", "\t"]) + text() + pick(["", "", "", " #", "  ##", "##", "\t#"])
      : of < 0.55 ? text() : of < 0.6 && kind >= 0.4 ? pick(["", "", text() + " "]) + comment() : pick(among.lines);
    out += pick(among.prefixes) + line + (i + 1 < count || next() < 0.8 ? "\n" : "");
  }
  return out.replaceAll("\n", end);
}

const files = new Map();
for (const [i, text] of cases.entries()) files.set(`case-${i}.md`, text);
const given_lines = [];
try {
  for (const test of require("commonmark-spec").tests) {
    const text = test.markdown.replaceAll("→", "\t");
    files.set(`spec-${test.number}.md`, text);
    given_lines.push(...text.split("\n"));
  }
} catch {
  console.log("# no package commonmark-spec: its examples are left out");
}
// Here and there markdownlint's parser, micromark, and ours, cmark, take Markdown differently (what
// may interrupt what in lists and on lazy lines, above all). A random document is of use only where
// they do not; what there is besides CommonMark is left to us.
const { micromark } = await import(pathToFileURL(join(modules, "node_modules/micromark/index.js")).href);
const { frontMatterRe } = require("markdownlint/helpers");
const plain = (html) => html.replaceAll(/%[0-9A-F]{2}|&[a-z]+;/giu, "").replaceAll(/\s*(<[^>]*>)\s*/gu, "$1").replaceAll(/\s+/gu, " ");
function is_sound(text) {
  const body = text.replace(/^\uFEFF/u, ""), front = body.match(frontMatterRe);
  if (front?.index === 0) return is_sound(body.slice(front[0].length));
  return plain(micromark(body, { allowDangerousHtml: true, allowDangerousProtocol: true })) ===
    plain(execFileSync("cmark", ["--unsafe"], { input: body }).toString());
}
const first = Number(process.env.FIRST_DOCUMENT || 0);
let left_out = 0;
for (let i = first; i < first + random; i++) {
  const text = document(i, given_lines);
  if (is_sound(text)) files.set(`random-${i}.md`, text);
  else left_out++;
}
console.log(`# ${left_out} of ${random} random documents are read otherwise by micromark than by cmark: left out`);
function take(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path)) take(join(path, name));
  } else if (/\.(md|markdown)$/u.test(path)) {
    files.set(`given-${files.size}-${path.replaceAll(/[^\w.-]/gu, "_").slice(-60)}.md`, readFileSync(path));
  }
}
given.forEach(take);

// As newslint, each byte that is not UTF-8 is one unknown character.
function ruleFile(config) {
  const lines = ["newslint: 1", "name: m", "extends: [markdownlint]", "rules:"];
  for (const [id, options] of Object.entries(config)) {
    const own = Object.entries(options).map(([k, v]) => `${k === "level" ? "heading_level" : k}: ${JSON.stringify(v)}`);
    lines.push(`  markdownlint/${id}: {${own.join(", ")}}`);
  }
  return lines.length === 4 ? lines.slice(0, 3).join("\n") + "\n" : lines.join("\n") + "\n";
}

function ours(folder, config) {
  writeFileSync(join(tmp, "rules.yaml"), ruleFile(config));
  let report;
  try {
    report = execFileSync(newslint, ["-c", "../rules.yaml", "--format", "json", "--fail-on", "never", "."],
      { cwd: folder, maxBuffer: 1 << 30 });
  } catch (error) {
    report = error.stdout;
  }
  const found = new Map();
  for (const d of JSON.parse(report.toString()).diagnostics) {
    const [set, id] = d.rule.split("/");
    if (set !== "markdownlint") continue;
    if (!found.has(d.path)) found.set(d.path, []);
    found.get(d.path).push(`${id}:${d.start.line}`);
  }
  return found;
}

const folder = join(tmp, "files");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of files) writeFileSync(join(folder, name), text);

let number = 0;
for (const [title, config] of Object.entries(configurations)) {
  const all = { default: true, ...config };
  const found = ours(folder, config);
  let same = 0, findings = 0, looked = 0;
  const different = [];
  for (const name of files.keys()) {
    const text = readFileSync(join(folder, name), "utf8");
    // Which rules a configuration names itself decides there what a comment's tags and `default` do:
    // newslint cannot know.
    if (title !== "defaults" && /configure-file[^]*"(?!MD)/iu.test(text)) continue;
    const results = lint({ strings: { a: text }, config: all, handleRuleFailures: true }).a.filter((e) => rules.includes(e.ruleNames[0]));
    // A rule of theirs that fails (it does on some tabs) has nothing to say of the file.
    const failed = new Set(results.filter((e) => /threw an exception/u.test(e.errorDetail)).map((e) => e.ruleNames[0]));
    const judge = (list) => list.filter((x) => !failed.has(x.slice(0, 5))).sort();
    const theirs = judge(results.map((e) => `${e.ruleNames[0]}:${e.lineNumber}`));
    const mine = judge(found.get(name) || []);
    looked++;
    findings += theirs.length;
    if (theirs.join() === mine.join()) same++;
    else different.push([name, theirs, mine]);
  }
  for (const [name, theirs, mine] of different.slice(0, Number(process.env.SHOWN || 20))) {
    const missing = theirs.filter((x) => !mine.includes(x)), more = mine.filter((x) => !theirs.includes(x));
    console.log(`# ${name}: missing ${missing.join(" ") || "-"}, more ${more.join(" ") || "-"}: ${JSON.stringify(readFileSync(join(folder, name), "utf8").slice(0, 300))}`);
  }
  console.log(`${different.length ? "not " : ""}ok ${++number} - ${title}: ${same} of ${looked} files alike, ${findings} findings`);
}
