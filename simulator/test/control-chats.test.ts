/** What people do with chats, labels, statuses, groups and channels by the control API, as the phones show it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../src/simulator.js'

const ANA = '5511999990001'
const BIA = '5511999990002'
const CAIO = '5511999990003'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
  for (const [phone, name] of [
    [ANA, 'Ana'],
    [BIA, 'Bia'],
    [CAIO, 'Caio'],
  ] as const)
    await simulator.addPhone({ phone, name })
})

afterAll(() => simulator[Symbol.asyncDispose]())

async function call(method: string, path: string, body?: object) {
  const response = await fetch(`${simulator.controlUrl}/phones/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function did(path: string, body: object = {}): Promise<void> {
  const answer = await call('POST', path, body)
  expect(answer).toEqual({ status: 204, body: undefined })
}

const listOf = async (path: string): Promise<readonly object[]> => (await call('GET', path)).body

describe('a chat', () => {
  test('is archived, pinned, muted, marked, labelled, blocked, and has a timer', async () => {
    const chat = `${ANA}/chats/${BIA}`
    await call('PUT', `${ANA}/labels`, { id: '5', name: 'Cliente', color: 3 })
    await did(`${chat}/archive`, { on: true })
    await did(`${chat}/mute`, { until: 'always' })
    await did(`${chat}/read`, { on: false })
    await did(`${chat}/label`, { label: '5', on: true })
    await did(`${chat}/timer`, { seconds: 86_400 })
    await did(`${chat}/block`, { on: true })
    expect(await listOf(`${ANA}/labels`)).toEqual([{ id: '5', name: 'Cliente', color: 3 }])
    expect(await listOf(`${ANA}/chats`)).toEqual([
      {
        id: BIA,
        archived: true,
        mutedUntil: 'always',
        markedUnread: true,
        timerSeconds: 86_400,
        labels: ['5'],
        blocked: true,
      },
    ])
    await did(`${chat}/archive`, { on: false })
    await did(`${chat}/pin`, { on: true })
    await did(`${chat}/label`, { label: '5', on: false })
    expect(await listOf(`${ANA}/chats`)).toMatchObject([
      { archived: false, pinnedAt: expect.any(Number), labels: [] },
    ])
  })

  test('takes only what is known', async () => {
    expect(await call('POST', `${ANA}/chats/5511999999999/pin`, { on: true })).toMatchObject({
      status: 400,
    })
    expect(await call('POST', `${ANA}/chats/${BIA}/timer`, { seconds: 5 })).toMatchObject({
      status: 400,
      body: { error: 'seconds must be one of 0,86400,604800,7776000' },
    })
  })
})

test('a status is shown to those whom it is for, and its author is told who saw it', async () => {
  const { status, body } = await call('POST', `${BIA}/statuses`, { text: 'Bom dia', to: [CAIO] })
  expect(status).toBe(201)
  await simulator.phone(CAIO)?.untilStatus(({ id }) => id === body.id)
  expect(await listOf(`${CAIO}/statuses`)).toMatchObject([{ text: 'Bom dia', from: BIA }])
  expect(await listOf(`${BIA}/statuses`)).toMatchObject([{ text: 'Bom dia', fromMe: true }])
  expect(await listOf(`${ANA}/statuses`)).toEqual([])
  const seen = new Promise((resolve) => {
    simulator.phone(BIA)?.events.once('status-seen', resolve)
  })
  await did(`${CAIO}/statuses/${body.id}/seen`)
  expect(await seen).toEqual({ id: body.id, from: CAIO })
  expect(await listOf(`${CAIO}/statuses`)).toMatchObject([{ status: 'read' }])
  expect((await call('POST', `${BIA}/statuses/${body.id}/seen`)).status).toBe(409)
})

test('a group is made, changed and left by its people, as their rights are', async () => {
  const made = await call('POST', `${ANA}/groups`, { subject: 'Turma', people: [BIA] })
  expect(made).toMatchObject({ status: 201, body: { notAdded: [] } })
  const group = `groups/${made.body.id}`
  expect(await call('POST', `${BIA}/${group}/promote`, { people: [BIA] })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('401') },
  })
  await did(`${ANA}/${group}/rename`, { subject: 'Turma da Ana' })
  await did(`${ANA}/${group}/describe`, { text: 'Avisos' })
  await did(`${ANA}/${group}/switch`, { setting: 'approval', on: true })
  await did(`${ANA}/${group}/promote`, { people: [BIA] })
  const { inviteCode } = simulator.network.group(made.body.id) ?? {}
  const join = await call('POST', `${CAIO}/groups/join`, { code: inviteCode })
  expect(join.body).toEqual({ outcome: 'asked' })
  expect(await listOf(`${CAIO}/groups`)).toMatchObject([{ isMember: false, requesters: [] }])
  expect(await listOf(`${BIA}/groups`)).toMatchObject([
    {
      subject: 'Turma da Ana',
      description: 'Avisos',
      isAdmin: true,
      requesters: [CAIO],
      switches: { approval: true, announcement: false, locked: false, 'members-add': true },
      inviteCode,
    },
  ])
  await did(`${BIA}/${group}/approve`, { people: [CAIO] })
  await did(`${ANA}/${group}/leave`)
  expect(await listOf(`${ANA}/groups`)).toEqual([])
  expect(simulator.network.group(made.body.id)?.members).toEqual([BIA, CAIO])
})

test('a channel is made, followed, muted, administrated and deleted', async () => {
  const made = await call('POST', `${ANA}/channels`, { name: 'Avisos' })
  expect(made.status).toBe(201)
  const channel = `channels/${made.body.id}`
  await did(`${BIA}/${channel}/follow`)
  await did(`${BIA}/${channel}/mute`, { on: true })
  await did(`${ANA}/${channel}/invite-admin`, { person: BIA })
  expect(await listOf(`${BIA}/channels`)).toMatchObject([
    { role: 'follower', followers: 2, muted: true, invited: true },
  ])
  await did(`${BIA}/${channel}/accept-invitation`)
  expect(await listOf(`${BIA}/channels`)).toMatchObject([{ role: 'admin', admins: [BIA] }])
  expect((await call('POST', `${BIA}/${channel}/delete`, {})).status).toBe(409)
  await did(`${ANA}/${channel}/delete`)
  expect(await listOf(`${BIA}/channels`)).toEqual([])
})
