/**
 * Whatever strangers, or a server that is not well, send: the connection lives,
 * answers within a second, and neither the log nor another chat shows a
 * trace. `npm run hostile -- 2000` plays longer; fast-check prints the seed of a failure.
 */

import type { BinaryNode } from 'baileys'
import * as fc from 'fast-check'
import type { Phone } from '@recado/simulator'
import { describe, expect, it } from 'vitest'
import type { InstanceId } from '../../src/domain/instance.js'
import { createLog } from '../../src/runtime/telemetry.js'
import { engineRig, type EngineRig, type Wire } from '../support/engine-rig.js'
import { anyKind, hostileContents, randomContent } from '../support/hostile-content.js'
import { hostileRuns as runs } from '../support/long-runs.js'
import { connected, connectionOf, newPhone, simulator } from '../support/engine-stage.js'

/** What one of them may cost, this machine's load aside. */
const mostCpuMs = 1_000

interface Stage {
  readonly own: Phone
  readonly ana: Phone
  readonly rig: EngineRig
  readonly wire: Wire
  readonly written: string[]
}

/** A linked connection with the log that an operator would have. */
async function aStage(): Promise<Stage> {
  const written: string[] = []
  const log = createLog('debug', { write: (line: string) => void written.push(line) })
  const [own, ana] = [await newPhone(), await newPhone()]
  const { url, rootKey } = simulator
  const rig = engineRig({ url, rootKey, instanceId: '3A' as InstanceId, log })
  const pairing = await rig.connect()
  await own.scan((await pairing.next('qr')).text)
  await pairing.next('closed')
  const wire = await connected(rig)
  return { own, ana, rig, wire, written }
}

/** Resolves to the processor time until an honest message came through behind it. */
async function costOf(stage: Stage, act: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { id } = await stage.ana.send(stage.own.phone, honest)
  await stage.wire.next('received', ({ message }) => message.whatsappId === id)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const honest = 'Texto honesto que não é da conta de nenhum log'

function expectNothingLeaked({ own, ana, written }: Stage): void {
  expect(written.length).toBeGreaterThan(0)
  const hidden = [honest, own.phone, ana.phone, digitsOf(own), digitsOf(ana), 'segredo']
  for (const line of written) expect(hidden.filter((secret) => line.includes(secret))).toEqual([])
}

function expectOnlyAnaSpoke({ ana, own, wire }: Stage): void {
  for (const event of wire.events) {
    if (event.kind !== 'received' || event.message.chat.kind !== 'person') continue
    const { message } = event
    if (message.content.kind === 'waiting') continue
    expect([message.fromMe, message.sender.phone === own.phone]).toEqual([false, false])
    expect(message.sender.phone ?? ana.phone).toBe(ana.phone)
  }
}

/** Of its LID. */
function digitsOf({ lid }: Phone): string {
  return lid.replace(/[:@].*/, '')
}

/** As each stanza may name others. */
function names({ own, ana }: Stage): fc.Arbitrary<string> {
  return fc.constantFrom(
    `${own.phone}@s.whatsapp.net`,
    `${own.phone}:1@s.whatsapp.net`,
    `${digitsOf(own)}@lid`,
    `${ana.phone}@s.whatsapp.net`,
    `${digitsOf(ana)}@lid`,
    `${digitsOf(ana)}:7@lid`,
    '120363019502650977@g.us',
    'status@broadcast',
    '1@broadcast',
    '1@newsletter',
    's.whatsapp.net',
    '@s.whatsapp.net',
    '::@lid',
    '9'.repeat(3_000),
    '\u202e\ufffd💥@lid',
  )
}

const tags = [
  'message',
  'receipt',
  'notification',
  'call',
  'presence',
  'chatstate',
  'ack',
  'ib',
  'iq',
  'made-up',
]
function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

const innerTags = words(`
  enc plaintext unavailable participants to device-identity verified_name list item
  retry registration keys key skey identity type id offer terminate accept reject
  composing paused recording dirty add remove promote demote create subject
  description invite group device devices update collection set delete picture tokens
  token rmr encrypt enc_p link_code_companion_reg count offline edge_routing
  link_code_pairing_wrapped_primary_ephemeral_pub primary_identity_pub bot meta
`)
const attributeNames = words(`
  id from to participant recipient participant_pn participant_lid sender_pn sender_lid
  peer_recipient_pn recipient_pn jid lid author type t v count edit offline notify
  category addressing_mode e class error call-id call-creator name value hash xmlns
  mediatype
`)
const kinds = [
  '',
  ...words(`
    text media read played sender retry inactive peer_msg server-error pkmsg msg skmsg
    msmsg plaintext w:gp2 devices server_sync mediaretry account_sync picture
    privacy_token link_code_companion_reg newsletter mex set get result available
    unavailable peer identity business psa
  `),
]

function stanzas(stage: Stage): fc.Arbitrary<BinaryNode> {
  const value = fc.oneof(
    names(stage),
    fc.constantFrom(...kinds),
    fc.constantFrom('0', '-1', '1e309', 'NaN', '99999999999999999999', 'true', '\0', 'segredo'),
    fc.string({ maxLength: 40, unit: 'binary' }).map((text) => text.replaceAll('@', '?')),
  )
  const attrs = fc.dictionary(fc.constantFrom(...attributeNames), value, { maxKeys: 8 })
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(new Uint8Array(70_000).fill(0x33)),
  )
  const child = fc.letrec<{ node: BinaryNode }>((tie) => ({
    node: fc.record(
      {
        tag: fc.constantFrom(...innerTags),
        attrs,
        content: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          bytes,
          // Half an address is no stanza: it cannot even be written.
          fc.string({ maxLength: 30 }).map((text) => text.replaceAll('@', '?')),
          fc.array(tie('node'), { maxLength: 4 }),
        ),
      },
      { requiredKeys: ['tag', 'attrs'] },
    ),
  })).node
  return fc
    .record({
      tag: fc.constantFrom(...tags),
      // Most of them name a sender, or they would be put aside at once.
      from: fc.option(names(stage), { nil: undefined, freq: 6 }),
      type: fc.option(fc.constantFrom(...kinds), { nil: undefined, freq: 4 }),
      attrs,
      content: fc.oneof(fc.array(child, { maxLength: 5 }), bytes),
    })
    .map(({ tag, from, type, attrs: others, content }) => ({
      tag,
      attrs: {
        id: 'FORGED',
        ...others,
        ...(from === undefined ? {} : { from }),
        ...(type === undefined ? {} : { type }),
      },
      content,
    }))
}

describe('a connection outlives', () => {
  it('any stanza', async () => {
    const stage = await aStage()
    const connection = connectionOf(stage.own)
    await fc.assert(
      fc.asyncProperty(fc.array(stanzas(stage), { minLength: 1, maxLength: 5 }), async (forged) => {
        const cost = await costOf(stage, () => {
          for (const node of forged) connection.send(node)
        })
        expect(cost).toBeLessThan(mostCpuMs)
      }),
      { numRuns: runs },
    )
    expectNothingLeaked(stage)
    expect(stage.wire.events.filter(({ kind }) => kind === 'closed')).toEqual([])
    forgive()
  }, 600_000)

  it('any content that a stranger encrypts', async () => {
    const stage = await aStage()
    for (const [name, content] of hostileContents(stage.own, stage.ana)) {
      const cost = await costOf(stage, async () => {
        await stage.ana.forge(stage.own.phone, content)
      })
      expect([name, cost < mostCpuMs]).toEqual([name, true])
    }
    expectNothingLeaked(stage)
    expectOnlyAnaSpoke(stage)
    const kept = [...stage.rig.credentials.keys.keys()]
    expect(kept.filter((key) => key.includes(Buffer.from('segredo').toString('base64')))).toEqual(
      [],
    )
    forgive()
  })

  it('content of random fields', async () => {
    const stage = await aStage()
    await fc.assert(
      fc.asyncProperty(fc.oneof(randomContent, anyKind), async (content) => {
        const cost = await costOf(stage, async () => {
          await stage.ana.forge(stage.own.phone, content)
        })
        expect(cost).toBeLessThan(mostCpuMs)
      }),
      { numRuns: runs },
    )
    expectNothingLeaked(stage)
    expectOnlyAnaSpoke(stage)
    forgive()
  }, 600_000)
})

/** What the simulator could not make sense of in the answers to nonsense. */
function forgive(): void {
  simulator.network.failures.splice(0)
  simulator.network.unknownNodes.splice(0)
}
