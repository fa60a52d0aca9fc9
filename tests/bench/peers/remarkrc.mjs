import { readFileSync } from 'node:fs';
import remarkFrontmatter from 'remark-frontmatter';
import remarkLintFrontmatterSchema from 'remark-lint-frontmatter-schema';

const embed = JSON.parse(readFileSync(new URL('news.schema.json', import.meta.url)));

export default { plugins: [remarkFrontmatter, [remarkLintFrontmatterSchema, { embed }]] };
