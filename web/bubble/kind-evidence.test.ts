/** The table of `docs/kind-status.md` says what the phone shows. */

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { kindCells, kindClients, kindEvidence, kindReports } from './kind-evidence.js'

const page = await readFile(new URL('../../docs/kind-status.md', import.meta.url), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.slice(2, -2).split(' | '))

test.each(Object.keys(kindCells))('the page and the table agree on %s', (kind) => {
  const [, ...written] = rows.find(([name]) => name === kind) ?? []
  const shown = kindClients.map((client) => {
    const { standing, letters } = kindCells[kind]?.[client] ?? { standing: '', letters: [] }
    const [first] = letters
    const about = letters.map((letter) => `(${letter})`).join(' ')
    return first === undefined
      ? `**${standing}**`
      : `**${standing}** ${about}, ${kindReports[first].date}`
  })
  expect(written).toEqual(shown)
})

test('the page has each report under its letter, with its source and its date', () => {
  const written = rows.filter(([name]) => /^\([a-z]\)$/u.test(name ?? ''))
  expect(written).toEqual(
    Object.entries(kindReports).map(([letter, { source, date, claim }]) => [
      `(${letter})`,
      `${source}, ${date}`,
      claim,
    ]),
  )
})

test('a list in a group and what is to be viewed once are kinds of their own', () => {
  const facts = { kind: 'list', isGroup: true, viewOnce: false, isDrawn: true }
  expect(kindEvidence('web', facts).standing).toBe('unknown')
  expect(kindEvidence('web', { ...facts, isGroup: false }).standing).toBe('seen')
  expect(kindEvidence('web', { ...facts, viewOnce: true }).standing).toBe('unknown')
  expect(kindEvidence('ios', { ...facts, kind: 'text' }).standing).toBe('likely')
  expect(kindEvidence('ios', { ...facts, isDrawn: false }).standing).toBe('unknown')
})
