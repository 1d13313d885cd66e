// The navigation is written once, in docs/index.md: each heading is a group, and the first link of each item in a list is a page.
import fs from 'node:fs'
import path from 'node:path'
import { linkTo, root } from './pages.mjs'

export function sections() {
  const groups = []
  for (const line of fs.readFileSync(path.join(root, 'docs/index.md'), 'utf8').split('\n')) {
    const heading = /^## (.+)$/.exec(line)
    if (heading) groups.push({ text: heading[1], items: [] })
    const item = /^- \[([^\]]+)\]\(([^)#\s]+)\)/.exec(line)
    if (item && groups.length) groups.at(-1).items.push({ text: item[1], link: linkTo(path.posix.join('docs', item[2])) })
  }
  return groups.filter((group) => group.items.length > 0)
}
