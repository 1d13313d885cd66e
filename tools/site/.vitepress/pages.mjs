// Which files are pages of the site, and where.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = 'https://github.com/aksidentity/pulumi-aksidentity'

// This file is in .cache/site/.vitepress or, as it is kept, in tools/site/.vitepress.
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

const moved = [
  [/^docs\/_index\.md$/, () => 'registry-overview.md'],
  [/^docs\/(.+)$/, (found) => found[1]],
  [/^(README|CHANGELOG|CONTRIBUTING)\.md$/, (found) => `${found[1].toLowerCase()}.md`],
  [/^examples\/([^/]+)\/README\.md$/, (found) => `examples/${found[1]}.md`],
]

// excluded are the Markdown files of the repository that are no pages: folders but for docs and the examples.
export const excluded = [
  ...fs.readdirSync(root).filter((name) => !['docs', 'examples'].includes(name) && !name.includes('.')).map((name) => `${name}/**`),
  'docs/decisions/0000-template.md',
  'examples/*/*/**',
]

// urlOf is the path in the site of a Markdown file, both with .md; the path of the file when it is no page.
export function urlOf(file) {
  for (const [pattern, to] of moved) {
    const found = pattern.exec(file)
    if (found) return to(found)
  }
  return file
}

// isPage tells whether the file of the repository is a page.
export function isPage(file) {
  return file !== 'docs/decisions/0000-template.md' && moved.some(([pattern]) => pattern.test(file)) && file.endsWith('.md')
}

// linkTo is where a link leads to the file or folder: into the site or to GitHub. It throws when there is no such file.
export function linkTo(file) {
  if (!fs.existsSync(path.join(root, file))) throw new Error(`${file} does not exist`)
  if (isPage(file)) return '/' + urlOf(file).replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')
  if (isPage(path.posix.join(file, 'README.md')) && fs.existsSync(path.join(root, file, 'README.md'))) return linkTo(path.posix.join(file, 'README.md'))
  const kind = fs.statSync(path.join(root, file)).isDirectory() ? 'tree' : 'blob'
  return `${repository}/${kind}/main/${file}`
}
