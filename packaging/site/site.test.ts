/** The pages of the site as VitePress gets them. `npm run site` builds them and asks the search. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageSite } from './stage.js'

const root = resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recado-site-'))
  stageSite(root, folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (place: string) => readFileSync(join(folder, place), 'utf8')
const places = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))

test('every page of the documents is there, in both languages', () => {
  const names = readdirSync(join(root, 'docs'), { encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  )
  const others = readdirSync(join(root, 'docs/pt-BR'), { encoding: 'utf8' })
  const expected = [
    ...names.filter((name) => name !== 'README.md'),
    ...others.map((name) => `pt/${name}`),
  ]
  expect(places()).toEqual(expect.arrayContaining(['index.md', 'pt/index.md', ...expected]))
})

test('every link within the site leads to a page or a file of it', () => {
  const links = places().flatMap((place) => {
    const prose = read(place).replaceAll(/^```.*?^```/gmsu, '')
    return [...prose.matchAll(/\]\((?![a-z]+:|#)([^)#\s]*)|<(?:img src|a href)="([^"]+)"/gu)].map(
      ([, link = '', image = '']) => ({ place, link: link || image }),
    )
  })
  const broken = links.filter(({ link }) => {
    const path = link.endsWith('/') ? `${link}index.md` : link
    return !existsSync(join(folder, path)) && !existsSync(join(folder, 'public', path))
  })
  expect(links.length).toBeGreaterThan(200)
  expect(broken).toEqual([])
})

test('the side of a page names the documents in their groups, and those in Portuguese', () => {
  const { en, pt } = JSON.parse(read('.vitepress/sidebar.json'))
  expect(en.map(({ text }: { text: string }) => text)).toEqual(
    expect.arrayContaining(['Tutorial', 'How to', 'Reference', 'Explanation']),
  )
  const linked = pt[0].items.map(({ link }: { link: string }) => `${link}.md`.slice(1))
  const pages = places().filter((place) => place.startsWith('pt/') && place !== 'pt/index.md')
  expect(linked.toSorted()).toEqual(pages.toSorted())
})
