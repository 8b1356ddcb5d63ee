/** A page in Portuguese has the sections, blocks and tables of its English one, and its links lead somewhere. */

import { access, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Block, blocksOf } from '../support/markdown.js'

const root = resolve(import.meta.dirname, '../../..')
const pages = (await readdir(join(root, 'docs/pt-BR'))).map((name) => [
  `docs/${name}`,
  `docs/pt-BR/${name}`,
])
const pairs = [['README.md', 'README.pt-BR.md'], ...pages].map(([english = '', other = '']) => ({
  english,
  other,
}))
const read = (page: string) => readFile(join(root, page), 'utf8')

test('the pages that a Brazilian begins with are there', () => {
  const others = pairs.map(({ other }) => other)
  expect(others).toEqual(
    expect.arrayContaining([
      'README.pt-BR.md',
      'docs/pt-BR/button-status.md',
      'docs/pt-BR/linking-a-number.md',
      'docs/pt-BR/mcp.md',
      'docs/pt-BR/moving-in.md',
      'docs/pt-BR/ten-minutes.md',
      'docs/pt-BR/vps.md',
    ]),
  )
})

test.each(pairs)('$other has the sections of $english', async ({ english, other }) => {
  expect((await sections(english)).length).toBeGreaterThan(3)
  expect(await sections(other)).toEqual(await sections(english))
})

test.each(pairs)('$other has the blocks of $english', async ({ english, other }) => {
  const blocks = await blocksOf(english)
  expect((await blocksOf(other)).map(written)).toEqual(blocks.map(written))
})

// A README leads to the pages that there are in its language.
test.each(pairs.slice(1))('$other has the tables of $english', async ({ english, other }) => {
  const rows = await tableRows(english)
  expect(rows.length + (await blocksOf(english)).length).toBeGreaterThan(3)
  expect(await tableRows(other)).toEqual(rows)
})

test.each(pairs)('the links of $other lead to files', async ({ other }) => {
  const links = (await read(other)).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/gu)
  const found = await Promise.all(
    [...links].map(async ([, link = '']) => {
      const isThere = await access(join(root, dirname(other), link)).then(
        () => true,
        () => false,
      )
      return isThere ? [] : [link]
    }),
  )
  expect(found.length).toBeGreaterThan(0)
  expect(found.flat()).toEqual([])
})

/** The levels of its headings, in their order. */
async function sections(page: string): Promise<readonly (string | undefined)[]> {
  return [...(await prose(page)).matchAll(/^(#+) /gmu)].map(([, level]) => level)
}

/** How many cells each row has, in their order. */
async function tableRows(page: string): Promise<readonly number[]> {
  const rows = (await prose(page)).matchAll(/^ *\|.*\| *$/gmu)
  return [...rows].map(([row]) => row.split(/(?<!\\)\|/u).length - 2)
}

async function prose(page: string): Promise<string> {
  return (await read(page)).replaceAll(/^```.*?^```/gmsu, '')
}

function written({ info, text }: Block) {
  return { info, text }
}
