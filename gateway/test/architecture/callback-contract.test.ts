/**
 * Z-API's documented callbacks about what comes in (`callbacks.json`), against
 * what Recado makes of the message that WhatsApp would send in each case: from
 * Baileys' message to the body, with nothing in between left out.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contract, lacking, left } from '../support/callback-contract.js'
import { cannotArise, kindOf } from './callback-kinds.js'
import { type Body, bodyOf, bodyOfMessage, events, samples } from './callback-samples.js'

const page = readFileSync(new URL('../../../docs/callbacks.md', import.meta.url), 'utf8')
const documented = contract.callbacks.filter(({ type }) => type === 'ReceivedCallback')

function bodiesOf(kind: string): readonly Body[] {
  const event = events[kind]
  return event ? [bodyOf(event)] : (samples[kind] ?? []).map(bodyOfMessage)
}

const claimed = documented.filter((each) => !cannotArise.has(kindOf(each)))
const excused = new Set<string>()

describe('a documented ReceivedCallback', () => {
  test.each(claimed.map((each) => [each.names.join(', '), each] as const))(
    'has the same keys and types here: %s',
    (_names, each) => {
      const kind = kindOf(each)
      const findings = bodiesOf(kind).map((body) =>
        lacking(each.shape, body, '').filter((path) => {
          if (!(path in left)) return true
          excused.add(path)
          return false
        }),
      )
      expect(findings).not.toEqual([])
      expect(findings.toSorted((a, b) => a.length - b.length)[0]).toEqual([])
    },
  )

  test.each([...cannotArise])('is left out for a reason that the page names: %s', (kind) => {
    expect(documented.map(kindOf)).toContain(kind)
    expect(bodiesOf(kind)).toEqual([])
    expect(page).toMatch(new RegExp(`^\\| .*\`${kind}\`.*\\|.*\\|$`, 'mu'))
  })

  test('has its row in docs/callbacks.md', () => {
    const kinds = documented.map(kindOf)
    expect(kinds.filter((kind) => !page.includes(kind.replace(/^GROUP_PARTICIPANT/u, '')))).toEqual(
      [],
    )
  })

  test('lacks no key but those that are excused, and every excuse is used', () => {
    expect([...excused].toSorted()).toEqual(Object.keys(left).toSorted())
  })
})

describe('our body', () => {
  const known = new Set(documented.flatMap(({ shape }) => Object.keys(shape)))

  test.each(Object.keys(samples))('has only keys that Z-API has: %s', (kind) => {
    for (const body of bodiesOf(kind))
      expect(Object.keys(body).filter((name) => !known.has(name) && name !== kind)).toEqual([])
  })

  test.each(Object.keys(contract.captured.payloads))('has what was captured: %s', (kind) => {
    const [body] = bodiesOf(kind)
    const payload = body?.[kind]
    const names = contract.captured.payloads[kind] ?? []
    const found = typeof payload === 'object' && payload !== null ? Object.keys(payload) : []
    expect(found).toEqual(expect.arrayContaining([...names]))
  })

  test('of an ordinary message has every captured key, and no notification', () => {
    for (const message of Object.values(samples).flat()) {
      const body = bodyOfMessage(message)
      if ('notification' in body) continue
      expect(Object.keys(body)).toEqual(expect.arrayContaining([...contract.captured.always]))
      expect(body['momment']).toBeGreaterThan(1_000_000_000_000)
    }
  })
})
