// The site of the documentation. VitePress runs with it in .cache/site, where scripts/site.sh copies it (docs/decisions/0014-the-site.md).
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { checkLinks } from './check.mjs'
import { indentedCode, linkPlugin, plainText, slug } from './markdown.mjs'
import { sections } from './navigation.mjs'
import { excluded, repository, urlOf } from './pages.mjs'

const groups = sections()

// The pages are outside of the folder in which npm installs, so Vite would not find there what each page imports.
const vueOfTheSite = {
  name: 'vue-of-the-site',
  enforce: 'pre',
  resolveId(source, importer, options) {
    if (/^vue(\/|$)/.test(source) && importer?.split('?')[0].endsWith('.md')) {
      return this.resolve(source, fileURLToPath(import.meta.url), { ...options, skipSelf: true })
    }
  },
}

export default defineConfig({
  title: 'pulumi-aksidentity',
  description: 'AKS clusters on managed identities, for Pulumi',
  lang: 'en',
  // A site below a path, as GitHub Pages serves that of a project: SITE_BASE=/pulumi-aksidentity/ make docs
  base: process.env.SITE_BASE || '/',
  srcDir: '../..',
  srcExclude: excluded,
  outDir: '../../bin/site',
  cacheDir: 'cache',
  rewrites: urlOf,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: slug },
    toc: { slugify: slug },
    headers: { slugify: slug },
    config: (md) => {
      md.use(linkPlugin)
      md.use(plainText)
      md.use(indentedCode)
    },
  },
  themeConfig: {
    nav: groups.map((group) => ({ text: group.text, link: group.items[0].link })),
    sidebar: groups.map((group) => ({ ...group, collapsed: group.text === 'Decisions' })),
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
    editLink: { pattern: `${repository}/edit/main/:path`, text: 'Edit this page' },
  },
  // The start page is docs/index.md below a headline; the page itself has nothing that only the site understands.
  transformPageData(page) {
    if (page.relativePath === 'index.md') Object.assign(page.frontmatter, home())
    // The registry's own layout is unknown here.
    if (page.frontmatter.layout === 'package') page.frontmatter.layout = 'doc'
  },
  buildEnd: ({ outDir, site }) => checkLinks(outDir, site.base),
  vite: { plugins: [vueOfTheSite] },
})

function home() {
  return {
    layout: 'home',
    hero: {
      name: 'pulumi-aksidentity',
      text: 'AKS clusters on managed identities',
      tagline: 'Declare what a cluster touches. It gets exactly the role assignments that it needs, in the right order, each with its reason.',
      actions: [
        { theme: 'brand', text: groups[0].items[0].text, link: groups[0].items[0].link },
        { theme: 'alt', text: 'Grants', link: '/grants' },
      ],
    },
  }
}
