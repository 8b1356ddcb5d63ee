/**
 * Z-API's documented callbacks about what comes in (`callbacks.json`), against
 * what Recado makes of the message that WhatsApp would send in each case: from
 * Baileys' message to the body, with nothing in between left out.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Body, bodyOf, bodyOfMessage, events, samples } from './callback-samples.js'

type Shape = string | readonly Shape[] | { readonly [name: string]: Shape }

interface Documented {
  readonly type: string
  readonly names: readonly string[]
  readonly notification?: string
  readonly shape: Readonly<Record<string, Shape>>
}

const contract: {
  readonly nullable: readonly string[]
  readonly captured: {
    readonly always: readonly string[]
    readonly payloads: Readonly<Record<string, readonly string[]>>
  }
  readonly callbacks: readonly Documented[]
} = JSON.parse(readFileSync(new URL('../zapi/callbacks.json', import.meta.url), 'utf8'))
const page = readFileSync(new URL('../../../docs/callbacks.md', import.meta.url), 'utf8')
const documented = contract.callbacks.filter(({ type }) => type === 'ReceivedCallback')

/** What cannot arise here. `docs/callbacks.md` has the reasons, with their evidence. */
const cannotArise: ReadonlySet<string> = new Set(['CALL_RECEIVED', 'CALL_MISSED'])

/** Documented keys that our bodies lack, and why. A dot leads into the payload. */
const left: Readonly<Record<string, string>> = {
  senderLid: 'the old name of chatLid; in no capture of the live service',
  participantPhone: 'null outside groups on old pages; absent there in captures',
  'text.descritpion': 'a slip of the old page',
  'text.thumbnailUrl': 'the picture of a link preview comes as bytes, and no copy is kept',
  'statusImage.mimetype': 'the old spelling of mimeType',
  'order.thumbnailUrl': 'the picture comes as bytes, and no copy is kept',
}

/** The payload or notification that tells a documented callback from the others. */
function kindOf({ notification, shape }: Documented): string {
  if (notification !== undefined) return notification
  const kinds = [...cannotArise, ...Object.keys(samples), ...Object.keys(events)]
  const everywhere = new Set(['text', 'isStatusReply'])
  const telling = kinds.find((kind) => kind in shape && !everywhere.has(kind))
  if (telling !== undefined) return telling
  // Of a status that was a text nothing is repeated.
  return 'messageExpirationSeconds' in shape ? 'isStatusReply' : 'text'
}

function bodiesOf(kind: string): readonly Body[] {
  const event = events[kind]
  return event ? [bodyOf(event)] : (samples[kind] ?? []).map(bodyOfMessage)
}

/** What a documented shape has and ours has not, as paths. */
function lacking(shape: Shape, value: unknown, path: string): readonly string[] {
  if (shape === 'null' || (value === null && isNullable(path))) return []
  if (typeof shape === 'string') return typeof value === shape ? [] : [path]
  if (Array.isArray(shape)) {
    const [item]: readonly Shape[] = shape
    if (!Array.isArray(value)) return [path]
    return item === undefined || value.length === 0 ? [] : lacking(item, value[0], path)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(shape).flatMap(([name, inner]) =>
    lacking(inner, Reflect.get(value, name), path === '' ? name : `${path}.${name}`),
  )
}

const isNullable = (path: string) => contract.nullable.includes(path)

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
