// What a site's own script does in place of newslint: gray-matter reads the front matter, ajv checks
// it by a JSON schema, a regular expression finds headings whose level jumps.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';

const schema = JSON.parse(readFileSync(new URL('news.schema.json', import.meta.url)));
const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const valid = ajv.compile(schema);
let faults = 0;

function headings(path, body) {
  let last = 0;
  for (const [, marks] of body.matchAll(/^(#{1,6})\s/gm)) {
    if (last && marks.length > last + 1) {
      faults++;
      console.log(`${path}: heading jumps from ${last} to ${marks.length}`);
    }
    last = marks.length;
  }
}

function check(path) {
  try {
    const { data, content } = matter(readFileSync(path, 'utf8'), {});
    if (!valid(data)) {
      faults += valid.errors.length;
      for (const e of valid.errors) console.log(`${path}: ${e.instancePath} ${e.message}`);
    }
    headings(path, content);
  } catch (e) {
    faults++;
    console.log(`${path}: ${e.message}`);
  }
}

function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (entry.name.endsWith('.md')) check(path);
  }
}

walk(process.argv[2]);
process.exitCode = faults ? 1 : 0;
