/** Labels and notes of a business: what calls make of them, as the phone shows it, and what the phone makes. */

import { type ChatModification, chatModificationToAppPatch } from 'baileys'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance({ business: true }))
  ana = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const call = (method: Method, path: string, body?: object, of = instance) =>
  journey.client.onInstance(of, method, path, body) as Promise<Record<string, unknown>>
const tags = () => call('GET', 'tags') as unknown as Promise<readonly { id: string }[]>

/** The labels as the phone of the number has them. */
const onPhone = () =>
  own.appState.entries('label_edit').map(({ index, value: { labelEditAction: action } }) => ({
    id: index[1],
    name: action?.name,
    color: action?.color,
    deleted: action?.deleted ?? false,
  }))

/** Whether the label is on the chat, as the phone has it. */
const isOnPhone = (label: string, chat: string) =>
  own.appState.entries('label_jid').find(({ index }) => index[1] === label && index[2] === chat)
    ?.value.labelAssociationAction?.labeled

const doOnPhone = (change: ChatModification, jid = '') =>
  own.appState.write(chatModificationToAppPatch(change, jid))

const associated = (phone: string, label: string, assigned: boolean) =>
  journey.callbacks.next(
    ({ body }) =>
      body['notification'] === 'CHAT_LABEL_ASSOCIATION' &&
      JSON.stringify(body['notificationParameters']) ===
        JSON.stringify([{ phone, label, assigned }]),
  )

test('a label is made, changed and deleted on the phone', async () => {
  const { id } = await call('POST', 'business/create-tag', { name: 'Novo cliente', color: 3 })
  const known = { id, name: 'Novo cliente', color: 3 }
  expect(await tags()).toContainEqual(known)
  await expect.poll(onPhone).toContainEqual({ ...known, deleted: false })
  expect(await call('POST', `business/edit-tag/${id}`, { name: 'Cliente' })).toEqual({
    success: true,
  })
  await expect.poll(onPhone).toContainEqual({ id, name: 'Cliente', color: 3, deleted: false })
  expect(await tags()).toContainEqual({ ...known, name: 'Cliente' })
  expect(await call('DELETE', `business/tag/${id}`)).toEqual({ success: true })
  await expect.poll(onPhone).toContainEqual(expect.objectContaining({ id, deleted: true }))
  expect((await tags()).map((label) => label.id)).not.toContain(id)
  const next = await call('POST', 'business/create-tag', { name: 'Outro' })
  expect(next['id']).not.toBe(id)
})

test('a label is put on a chat and taken off, which the phone shows and a callback tells', async () => {
  const { id } = await call('POST', 'business/create-tag', { name: 'Pago' })
  const lid = `${ana.lid.replace(/@.*/u, '')}@lid`
  expect(await call('PUT', `chats/${ana.phone}/tags/${id}/add`)).toEqual({ value: true })
  await expect.poll(() => isOnPhone(String(id), lid)).toBe(true)
  await associated(ana.phone, String(id), true)
  expect(await call('PUT', `chats/${ana.phone}/tags/${id}/remove`)).toEqual({ value: true })
  await expect.poll(() => isOnPhone(String(id), lid)).toBe(false)
  await associated(ana.phone, String(id), false)
  const unknown = call('PUT', `chats/${ana.phone}/tags/999/add`)
  await expect(unknown).rejects.toThrow(/400.*tag names no label/u)
})

test('labels that the phone makes are listed, also after a restart, and their numbers are not taken', async () => {
  await doOnPhone({ addLabel: { id: '40', name: 'Do celular', color: 7 } })
  await expect.poll(tags).toContainEqual({ id: '40', name: 'Do celular', color: 7 })
  await doOnPhone({ addChatLabel: { labelId: '40' } }, `${ana.lid.replace(/@.*/u, '')}@lid`)
  await associated(ana.phone, '40', true)
  await journey.killGateway()
  await journey.restartGateway()
  expect(await tags()).toContainEqual({ id: '40', name: 'Do celular', color: 7 })
  await expect.poll(() => journey.client.isConnected(instance)).toBe(true)
  expect(await call('POST', 'business/create-tag', { name: 'Depois' })).toEqual({ id: '41' })
})

test('a note is written, replaced and removed on the phone, and stands in the chats', async () => {
  await ana.send(own.phone, 'oi')
  await journey.callbacks.next(({ body }) => Object(body['text']).message === 'oi')
  const write = (notes: string) => call('POST', `chats/${ana.phone}/notes`, { notes })
  const noted = () =>
    own.appState.entries('note_edit').map(({ value: { noteEditAction: action } }) => ({
      text: action?.unstructuredContent,
      deleted: action?.deleted ?? false,
    }))
  expect(await write('Paga em dia')).toEqual({ success: true })
  await expect.poll(noted).toEqual([{ text: 'Paga em dia', deleted: false }])
  await write('Paga tarde')
  await expect.poll(noted).toEqual([{ text: 'Paga tarde', deleted: false }])
  const chats = (await call('GET', 'chats')) as unknown as readonly Record<string, unknown>[]
  expect(chats).toContainEqual(
    expect.objectContaining({
      phone: ana.phone,
      notes: expect.objectContaining({ content: 'Paga tarde' }),
    }),
  )
  await write('')
  await expect.poll(noted).toMatchObject([{ deleted: true }])
  expect(await call('GET', `chats/${ana.phone}`)).not.toHaveProperty('notes')
  const ofGroup = call('POST', 'chats/120363019502650977-group/notes', { notes: 'x' })
  await expect(ofGroup).rejects.toThrow(/400.*no notes about groups/u)
})

test('a number that is no business, or not connected, is told so', async () => {
  const { instance: ordinary } = await journey.pairedInstance()
  const make = (of: SandboxInstance, color = 1) =>
    call('POST', 'business/create-tag', { name: 'Novo', color }, of)
  await expect(make(ordinary)).rejects.toThrow(/400.*no WhatsApp Business account/u)
  await expect(make(await journey.newInstance())).rejects.toThrow(/400.*You are not connected/u)
  await expect(make(instance, 20)).rejects.toThrow(/400.*color/u)
  const colors = await call('GET', 'business/tags/colors')
  expect(Object.keys(colors)).toHaveLength(20)
  expect(colors).toMatchObject({ 0: '#FF9485', 1: '#64C4FF', 2: '#FFD429' })
})
