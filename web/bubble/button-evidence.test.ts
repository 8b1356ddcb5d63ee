/** The table of `docs/button-status.md` says what the pages show. */

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buttonCells, buttonClients, buttonEvidence, buttonReports } from './button-evidence.js'

const page = await readFile(new URL('../../docs/button-status.md', import.meta.url), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  )

test.each(['personal', 'business'] as const)(
  'the page and the table agree on a %s sender',
  (sender) => {
    for (const chat of ['private', 'group'] as const) {
      const row = rows.find(([who, where]) => who?.toLowerCase() === sender && where === chat)
      const written = buttonClients.map((_client, index) => {
        const cell = row?.[index + 2] ?? ''
        const letters = [...cell.matchAll(/\(([a-z])\)/gu)].map(([, letter]) => letter)
        return {
          standing: /\*\*(\w+)\*\*/u.exec(cell)?.[1],
          letters: letters.join(''),
          date: /\d{4}-\d\d(-\d\d)?/u.exec(cell)?.[0],
        }
      })
      const shown = buttonClients.map((client) => {
        const { standing, letters } = buttonCells[sender][chat][client]
        const [first] = buttonEvidence(client, { sender, chat, hasImage: false }).reports
        return { standing, letters: letters.join(''), date: first?.date }
      })
      expect(written).toEqual(shown)
    }
  },
)

test('the page has each report under its letter, with its source and its date', () => {
  const missing = Object.entries(buttonReports).filter(
    ([letter, { source, date }]) =>
      !rows.some(
        ([name, evidence = '']) =>
          name === `(${letter})` && evidence.includes(source) && evidence.includes(date),
      ),
  )
  expect(missing).toEqual([])
})

test('with an image above the button, no client counts as seen', () => {
  const facts = { sender: 'personal', chat: 'private', hasImage: true } as const
  const standings = buttonClients.map((client) => buttonEvidence(client, facts).standing)
  expect(new Set(standings)).toEqual(new Set(['unknown']))
})
