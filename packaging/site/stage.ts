/** The pages of the documentation site: the Markdown of the repository, in the folders that the site has. */

import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { type Group, groupsOfList, groupOfTable } from './sidebar.js'

/** Files beside the folder `docs`, and where the site has them. */
const placed: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'README.pt-BR.md': 'pt/index.md',
  'docs/README.md': 'documents.md',
  'ARCHITECTURE.md': 'architecture.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
  'gateway/src/whatsapp/baileys-patches/README.md': 'source/baileys-patches.md',
  'gateway/test/zapi/README.md': 'source/contract.md',
  'mutants/survivors.md': 'source/mutants.md',
  'packages/client/README.md': 'source/client.md',
  'packages/n8n-nodes-recado/README.md': 'source/n8n.md',
  'packaging/release/README.md': 'source/release.md',
}

/** Writes all of it into `folder`. Throws where a link of a page leads to nothing. */
export function stageSite(root: string, folder: string): void {
  const pages = pagesOf(root)
  const write = (place: string, text: string): void => {
    mkdirSync(dirname(join(folder, place)), { recursive: true })
    writeFileSync(join(folder, place), text)
  }
  for (const [source, place] of pages) {
    const links = new Links(root, source, pages)
    write(place, links.rewritten(readFileSync(join(root, source), 'utf8')))
    for (const file of links.files) {
      const target = join(folder, 'public', fileOf(file))
      mkdirSync(dirname(target), { recursive: true })
      copyFileSync(join(root, file), target)
    }
  }
  write('decisions/index.md', decisions(root, pages))
  write('.vitepress/sidebar.json', JSON.stringify(sidebarOf(folder), null, 2))
  copyFileSync(
    join(import.meta.dirname, 'vitepress.config.js'),
    join(folder, '.vitepress/config.js'),
  )
}

/** By their paths in the repository. */
function pagesOf(root: string): ReadonlyMap<string, string> {
  const pages = new Map(Object.entries(placed))
  for (const name of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })) {
    const source = `docs/${name}`
    if (name.endsWith('.md') && !pages.has(source))
      pages.set(source, name.replace(/^pt-BR\//u, 'pt/'))
  }
  return pages
}

class Links {
  /** Of the repository, that the page leads to or shows, and which are no pages. */
  readonly files = new Set<string>()
  readonly #root: string
  readonly #source: string
  readonly #pages: ReadonlyMap<string, string>

  constructor(root: string, source: string, pages: ReadonlyMap<string, string>) {
    this.#root = root
    this.#source = source
    this.#pages = pages
  }

  rewritten(markdown: string): string {
    // What stands in a block is shown as it is.
    return markdown
      .split(/(^```.*?^```)/gmsu)
      .map((part) => (part.startsWith('```') ? part : this.#prose(part)))
      .join('')
  }

  #prose(part: string): string {
    return part
      .replaceAll(
        /\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)]*)?\)/gu,
        (_all, label: string, target: string, anchor = '') => this.#link(label, target, anchor),
      )
      .replaceAll(
        /(?<=<img src=")([^":]+)(?=")/gu,
        (target) => `/${this.#file(this.#path(target))}`,
      )
  }

  #link(label: string, target: string, anchor: string): string {
    const path = this.#path(target)
    const page = this.#pages.get(path)
    if (page !== undefined) return `[${label}](/${page}${anchor})`
    if (path === 'docs/decisions') return `[${label}](/decisions/)`
    if (statSync(join(this.#root, path)).isDirectory())
      return label === path ? `\`${path}\`` : `${label} (\`${path}\`)`
    return `<a href="/${this.#file(path)}" target="_self">${label}</a>`
  }

  #path(target: string): string {
    return normalize(join(dirname(this.#source), target)).replace(/\/$/u, '')
  }

  #file(path: string): string {
    this.files.add(path)
    return fileOf(path)
  }
}

/** Servers take .ts for a film. */
function fileOf(path: string): string {
  return `files/${path.replace(/\.tsx?$/u, '$&.txt')}`
}

function decisions(root: string, pages: ReadonlyMap<string, string>): string {
  const lines = [...pages].flatMap(([source, place]) => {
    if (!source.startsWith('docs/decisions/')) return []
    const [, title = basename(source)] =
      /^# (.+)$/mu.exec(readFileSync(join(root, source), 'utf8')) ?? []
    return [`- [${title}](/${place})`]
  })
  return `# Decisions\n\n${lines.toSorted().join('\n')}\n`
}

/** The lists of the documents, and in Portuguese the table of the README. */
function sidebarOf(folder: string): {
  readonly en: readonly Group[]
  readonly pt: readonly Group[]
} {
  const read = (place: string) => readFileSync(join(folder, place), 'utf8')
  return {
    en: groupsOfList(read('documents.md')),
    pt: [groupOfTable(read('pt/index.md'))],
  }
}
