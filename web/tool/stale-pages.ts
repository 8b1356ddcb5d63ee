/**
 * Builds the pages whose sources have changed since they were built, and leaves
 * the others alone: a sandbox is up sooner, and tests that look at a page do not
 * have it taken from under them by a test that starts a sandbox.
 */

import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const pages = ['phone', 'console'] as const

export type PageName = (typeof pages)[number]

export interface Workshop {
  /** Has the folder `web`, and the lockfile beside it. */
  readonly root: string
  /** Leaves the page in `web/dist`. */
  readonly build: (page: PageName) => Promise<unknown>
}

const ownRoot = fileURLToPath(new URL('../../', import.meta.url))

const ownWorkshop: Workshop = {
  root: ownRoot,
  build: async (page) => {
    // Loaded here: it takes longer than all the rest when nothing is to be done.
    const { build } = await import('vite')
    // As people get it: Vitest says `test`, and React would come with its tools for developers.
    const outer = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    try {
      return await build({ configFile: join(ownRoot, 'web', page, 'vite.config.ts') })
    } finally {
      if (outer === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = outer
    }
  },
}

/** Gives the pages that were built. Throws when one cannot be; trying again is safe. */
export async function buildStalePages(
  workshop: Workshop = ownWorkshop,
): Promise<readonly PageName[]> {
  const built: PageName[] = []
  for (const page of pages) {
    const sources = await fingerprintOf(workshop, page)
    const path = join(workshop.root, 'web/dist', `${page}.built-from`)
    const noted = await readFile(path, 'utf8').catch(() => undefined)
    if (noted !== undefined && noted === (await noteOf(workshop, page, sources))) continue
    await workshop.build(page)
    await writeFile(path, await noteOf(workshop, page, sources))
    built.push(page)
  }
  return built
}

/** From which sources came which document. The document names the other files by their content. */
async function noteOf({ root }: Workshop, page: PageName, sources: string): Promise<string> {
  const document = await readFile(join(root, 'web/dist', page, 'index.html')).catch(() => '')
  return `${sources} ${createHash('sha256').update(document).digest('hex')}\n`
}

const alsoIn: Readonly<Record<PageName, readonly string[]>> = {
  phone: ['bubble'],
  console: ['bubble', 'extension'],
}

/** Of the page, of what else gets into it, and of the packages in it. */
async function fingerprintOf({ root }: Workshop, page: PageName): Promise<string> {
  const hash = createHash('sha256')
  const folders = [page, ...alsoIn[page]].map((name) => join(root, 'web', name))
  const files = (await Promise.all(folders.map(filesBelow))).flat()
  for (const file of [...files, join(root, 'package-lock.json')])
    hash.update(relative(root, file)).update(await readFile(file))
  return hash.digest('hex')
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name)).toSorted()
}
