// The pages are plain Markdown, as GitHub shows it. Here is what it takes to read them in the same way.
import path from 'node:path'
import { linkTo, repository, root } from './pages.mjs'

const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|#)/i

// linkPlugin lets a relative link, which leads to a file of the repository, lead to its page, and to GitHub when it is none.
export function linkPlugin(md) {
  md.core.ruler.push('links-of-the-repository', (state) => {
    for (const token of state.tokens) {
      for (const child of token.children ?? []) {
        if (child.type === 'link_open') child.attrSet('href', resolved(child.attrGet('href'), state.env))
      }
    }
  })
}

function resolved(href, env) {
  const own = `${repository}/blob/main/`
  const absolute = href.startsWith(own)
  if (elsewhere.test(href) && !absolute) return href
  const [target, anchor] = (absolute ? href.slice(own.length) : href).split('#')
  const source = path.relative(root, env.realPath ?? env.path).split(path.sep).join('/')
  const file = absolute ? target : path.posix.join(path.posix.dirname(source), target)
  try {
    return linkTo(file) + (anchor ? `#${anchor}` : '')
  } catch (error) {
    throw new Error(`${source} links to ${href}: ${error.message}`)
  }
}

// plainText keeps two braces what they are: without it they would be an expression of Vue.
export function plainText(md) {
  for (const rule of ['text', 'code_inline']) {
    const was = md.renderer.rules[rule]
    md.renderer.rules[rule] = (...args) => was(...args).replaceAll('{{', '&#123;&#123;')
  }
}

// indentedCode lets an indented block of code look as a fenced one.
export function indentedCode(md) {
  md.renderer.rules.code_block = (...args) => md.renderer.rules.fence(...args)
}

// slug is the anchor of a heading on GitHub, so that one link leads to it there and here: lower case, spaces to hyphens, and no other
// punctuation than hyphens and underscores (github.com/Flet/github-slugger, the rules as read 2026-11-26).
export function slug(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-')
}
