// VitePress itself fails for a link to a page that is not there. This looks at the anchors as well, in what was built.
import fs from 'node:fs'
import path from 'node:path'

export function checkLinks(folder, base) {
  const pages = new Map()
  for (const file of fs.readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.html')) pages.set(file.split(path.sep).join('/'), fs.readFileSync(path.join(folder, file), 'utf8'))
  }
  const dead = [...pages].flatMap(([file, html]) => deadLinks(file, html, pages, base))
  if (dead.length) throw new Error(`these links lead nowhere:\n${dead.join('\n')}`)
}

function deadLinks(file, html, pages, base) {
  const dead = []
  for (const [, link] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue
    const url = new URL(link, `http://site${base}${file}`)
    const target = decodeURIComponent(url.pathname).slice(base.length).replace(/(^|\/)$/, '$1index.html')
    const id = decodeURIComponent(url.hash.slice(1))
    if (!pages.has(target)) dead.push(`${file}: ${link}: there is no page ${target}`)
    else if (id && !pages.get(target).includes(`id="${id}"`)) dead.push(`${file}: ${link}: the page has no heading ${id}`)
  }
  return dead
}
