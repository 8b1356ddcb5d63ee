/**
 * `npm run site`: the documents as a site of static files, in dist/site. VitePress (100 MB) is in no
 * lockfile of this project: it is installed once, in the system's temporary folder.
 *
 * Afterwards it looks at what was built: every link to a place in a page has its place, and in Chromium
 * the search finds "código" for "codigo".
 */

import { cpSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run, workshop } from '../workshop.js'
import { brokenAnchors } from './anchors.js'
import { foundInSearch } from './search.js'
import { stageSite } from './stage.js'

const root = resolve(import.meta.dirname, '../..')
const site = join(root, 'dist/site')

const tools = workshop('site', { vitepress: '1.6.4' })
const pages = join(tools, 'pages')
rmSync(pages, { recursive: true, force: true })
stageSite(root, pages)
run(join(tools, 'node_modules/.bin/vitepress'), ['build', pages], tools)
rmSync(site, { recursive: true, force: true })
cpSync(join(pages, '.vitepress/dist'), site, { recursive: true })
say(`The site is in ${site}.`)

const broken = brokenAnchors(site)
if (broken.length > 0) throw new Error(`These links lead to no place:\n${broken.join('\n')}`)
for (const [page, asked, expected] of [
  ['/pt/', 'codigo', 'código'],
  ['/', 'backup', 'backup'],
] as const) {
  const found = await foundInSearch(site, page, asked)
  if (!found.some((text) => text.toLowerCase().includes(expected)))
    throw new Error(`The search on ${page} finds no "${expected}" for "${asked}".`)
  say(`The search on ${page} finds "${expected}" for "${asked}": ${found.length} places.`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
