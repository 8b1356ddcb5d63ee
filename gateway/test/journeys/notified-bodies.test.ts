/**
 * What people do by hand beside messages, as the callback tells it: each documented body about calls, groups,
 * labels, channels, the own profile and presence has its keys and types.
 */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cannotArise, kindOf } from '../architecture/callback-kinds.js'
import { samples } from '../architecture/callback-samples.js'
import { actsByHand, type HandStage, makeAdmin } from '../support/acts-by-hand.js'
import { contract, lacking, left } from '../support/callback-contract.js'
import { Journey } from '../support/journey.js'

type Body = Readonly<Record<string, unknown>>

let journey: Journey
let stage: HandStage

beforeAll(async () => {
  journey = await Journey.start()
  const { simulator } = journey
  const { phone: own } = await journey.pairedInstance({ business: true })
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const members = [own.phone, ana.phone]
  const group = simulator.addGroup({ subject: 'Turma', members }).id
  const anas = simulator.addGroup({ subject: 'Da Ana', members: members.toReversed() }).id
  const channel = ana.channels.create('Avisos')
  stage = { simulator, own, ana, bia, group, anas, channel }
  makeAdmin(stage, own)
  await told(
    ({ text }) => Object(text).message === 'oi',
    () => ana.send(own.phone, 'oi'),
  )
})

afterAll(() => journey[Symbol.asyncDispose]())

/** The first such body that the act causes. */
async function told(wanted: (body: Body) => boolean, act: () => unknown): Promise<Body> {
  const before = new Set(journey.callbacks.received)
  const found = journey.callbacks.next((each) => !before.has(each) && wanted(each.body))
  await act()
  return (await found).body
}

const shapeOfGroups = contract.callbacks.find(
  (each) => kindOf(each) === 'GROUP_MEMBER_LINK_PROPERTY_UPDATE',
)?.shape

/** A notification of groups that Z-API names without an example has the keys of one that has. */
function shapesOf(kind: string) {
  const documented = contract.callbacks.filter((each) => kindOf(each) === kind)
  if (documented.length > 0) return documented.map(({ shape }) => shape)
  const { linkMode: _, ...usual } = shapeOfGroups ?? {}
  return kind.startsWith('GROUP_') ? [usual] : []
}

describe('what a person does by hand', () => {
  test.each(Object.entries(actsByHand))(
    'is told with the documented keys and types: %s',
    async (kind, { act, says }) => {
      const body = await told(
        ({ notification }) => notification === kind,
        () => act(stage),
      )
      const isOwn = { fromMe: body['participantPhone'] === stage.own.phone }
      expect(body).toMatchObject({
        type: 'ReceivedCallback',
        ...(kind.startsWith('GROUP_') ? isOwn : {}),
        ...says?.(stage),
      })
      for (const shape of shapesOf(kind))
        expect(lacking(shape, body, '').filter((path) => !(path in left))).toEqual([])
    },
  )

  test.each([
    { act: 'rename', subject: 'Turma da manhã' },
    { act: 'timer', seconds: 604_800 },
    { act: 'link-mode', mode: 'ALL_MEMBER_LINK' },
  ] as const)('is told as its own where it is this number: $act', async (act) => {
    const { own, group } = stage
    const body = await told(
      ({ phone, fromMe }) => phone === group.replace('@g.us', '-group') && fromMe === true,
      () => own.groups.act(group, act),
    )
    expect(body).toMatchObject({
      notification: expect.any(String),
      participantPhone: own.phone,
      status: 'RECEIVED',
    })
  })

  test('for other people is told of all whom it is about', async () => {
    const { ana, own, group } = stage
    const [carla, davi] = [await journey.newPhone(), await journey.newPhone()]
    const body = await told(
      ({ notification }) => notification === 'MEMBERSHIP_APPROVAL_REQUEST',
      () => ana.groups.act(group, { act: 'add', people: [carla.phone, davi.phone] }),
    )
    expect(body).toMatchObject({
      requestMethod: 'non_admin_add',
      notificationParameters: [ana.phone, carla.phone, davi.phone],
    })
    const ended = await told(
      ({ notification }) => notification === 'REVOKED_MEMBERSHIP_REQUESTS',
      () => own.groups.act(group, { act: 'reject', people: [carla.phone] }),
    )
    expect(ended['notificationParameters']).toEqual([carla.phone])
  })
})

const presences: Readonly<Record<string, (stage: HandStage) => unknown>> = {
  COMPOSING: ({ ana, own }) => ana.calling.show(own.phone, 'composing'),
  RECORDING: ({ ana, own }) => ana.calling.show(own.phone, 'recording'),
  PAUSED: ({ ana, own }) => ana.calling.show(own.phone, 'paused'),
  UNAVAILABLE: ({ ana }) => ana.goOffline(),
  AVAILABLE: ({ ana }) => ana.comeOnline(),
}
const ofPresence = contract.callbacks.filter(({ type }) => type === 'PresenceChatCallback')

test.each(Object.entries(presences))('presence is told as documented: %s', async (status, act) => {
  const body = await told(
    (each) => each['type'] === 'PresenceChatCallback' && each['status'] === status,
    () => act(stage),
  )
  for (const { shape } of ofPresence) expect(lacking(shape, body, '')).toEqual([])
  expect(body['phone']).toBe(stage.ana.phone)
})

test('every documented name is told here, comes with a message, or cannot arise', () => {
  const page = readFileSync(new URL('../../../docs/callbacks.md', import.meta.url), 'utf8')
  const byHand = Object.keys(actsByHand)
  const byMessage = Object.keys(samples).filter((kind) =>
    samples[kind]?.some(({ message }) => message),
  )
  const known = new Set([...byHand, ...byMessage, ...cannotArise])
  const named = contract.callbacks.flatMap(({ notification }) => notification ?? [])
  expect(named.filter((name) => !known.has(name))).toEqual([])
  const statuses = ofPresence.flatMap(({ names }) => names.map((name) => name.split(' ')[0] ?? ''))
  expect(new Set(statuses)).toEqual(new Set(Object.keys(presences)))
  expect(byHand.filter((name) => !page.includes(name))).toEqual([])
})
