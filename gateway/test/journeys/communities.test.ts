/** Communities that are made and changed by calls, as the phones of their people see them. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  ana = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>

interface SubGroup {
  readonly name: string
  readonly phone: string
  readonly isGroupAnnouncement: boolean
}

async function newCommunity() {
  const made = await call('POST', 'communities', { name: 'Prédio', description: 'Avisos' })
  const subGroups = made['subGroups'] as readonly SubGroup[]
  const news = subGroups.find(({ isGroupAnnouncement }) => isGroupAnnouncement)?.phone ?? ''
  return { id: String(made['id']), subGroups, news, atPhones: groupAt(`${made['id']}-group`) }
}

async function newGroup(...people: readonly Phone[]): Promise<string> {
  const phones = people.map(({ phone }) => phone)
  const made = await call('POST', 'create-group', { groupName: 'Turma', phones, autoInvite: false })
  return String(made['phone'])
}

const groupAt = (id: string) => journey.simulator.network.group(id.replace('-group', '@g.us'))

/** What the phone lists as chats: groups name their community. */
async function listedOn({ phone }: Phone) {
  const answer = await fetch(`${journey.simulator.controlUrl}/phones/${phone}/events`)
  const [reader, decoder] = [answer.body?.getReader(), new TextDecoder()]
  let text = ''
  while (!/\n\n/u.test(text)) text += decoder.decode((await reader?.read())?.value)
  await reader?.cancel()
  const snapshot = JSON.parse(/^data: (.*)$/mu.exec(text)?.[1] ?? '{}') as {
    contacts?: readonly { id: string; community?: string; isAnnouncement?: boolean }[]
  }
  return snapshot.contacts ?? []
}

test('a community that is made is told with its announcement group, and listed', async () => {
  const { id, subGroups, news } = await newCommunity()
  expect(subGroups).toContainEqual({ name: 'Prédio', phone: news, isGroupAnnouncement: true })
  expect(await call('GET', `communities-metadata/${id}`)).toEqual({
    name: 'Prédio',
    id,
    description: 'Avisos',
    subGroups,
  })
  expect(await call('GET', 'communities')).toContainEqual({ name: 'Prédio', id })
  const groups = (await call('GET', 'groups?pageSize=1000')) as unknown as { phone: string }[]
  expect(groups.map(({ phone }) => phone)).toContain(news)
  expect(groups.map(({ phone }) => phone)).not.toContain(`${id}-group`)
})

test('a person who is added reads its news, and one who is removed leaves all its groups', async () => {
  const { id, news } = await newCommunity()
  const members = { communityId: id, phones: [ana.phone] }
  const added = await call('POST', 'add-participant', { ...members, autoInvite: false })
  expect(added).toEqual({ value: true })
  const sent = await call('POST', 'send-text', { phone: news, message: 'Água às 9h' })
  expect((await shown(ana, String(sent['messageId']))).text).toBe('Água às 9h')
  expect(await listedOn(ana)).toContainEqual(
    expect.objectContaining({
      id: news.replace('-group', '@g.us'),
      community: 'Prédio',
      isAnnouncement: true,
    }),
  )
  expect(await call('POST', 'remove-participant', members)).toEqual({ value: true })
  expect(groupAt(news)?.members).toEqual([own.phone])
  expect(groupAt(`${id}-group`)?.members).toEqual([own.phone])
})

test('an admin of a community is made one and is one no more', async () => {
  const { id, atPhones } = await newCommunity()
  const members = { communityId: id, phones: [ana.phone] }
  await call('POST', 'add-participant', { ...members, autoInvite: false })
  const account = journey.simulator.network.byPhone(ana.phone)
  const isAdmin = () => account !== undefined && atPhones?.isAdmin(account)
  expect(await call('POST', 'add-admin', members)).toEqual({ value: true })
  expect(isAdmin()).toBe(true)
  expect(await call('POST', 'remove-admin', members)).toEqual({ value: true })
  expect(isAdmin()).toBe(false)
})

test('groups are linked and unlinked, and those that WhatsApp refuses are named', async () => {
  const { id, atPhones } = await newCommunity()
  const group = await newGroup(ana)
  const foreign = journey.simulator.addGroup({ subject: 'Da Ana', members: [ana.phone, own.phone] })
  const groupsPhones = [group, foreign.id.replace('@g.us', '-group')]
  await expect(call('POST', 'communities/link', { communityId: id, groupsPhones })).rejects.toThrow(
    /400.*groupsPhones\[1\] \(401: .*The others were changed/u,
  )
  expect(groupAt(group)?.community).toBe(atPhones)
  expect(await listedOn(ana)).toContainEqual(
    expect.objectContaining({ id: group.replace('-group', '@g.us'), community: 'Prédio' }),
  )
  const unlinked = { communityId: id, groupsPhones: [group] }
  expect(await call('POST', 'communities/unlink', unlinked)).toEqual({ success: true })
  expect(groupAt(group)?.community).toBeUndefined()
  await expect(call('POST', 'communities/unlink', unlinked)).rejects.toThrow(
    /400.*groupsPhones\[0\] \(404: .*Nothing was changed/u,
  )
})

test('settings, description, picture and invitation of a community change', async () => {
  const { id, atPhones } = await newCommunity()
  const settings = { communityId: id, whoCanAddNewGroups: 'admins' }
  expect(await call('POST', 'communities/settings', settings)).toEqual({ success: true })
  expect(atPhones?.membersMayAddGroups).toBe(false)
  const described = { communityId: id, communityDescription: 'Só avisos' }
  expect(await call('POST', 'update-community-description', described)).toEqual({ value: true })
  expect(atPhones?.description?.text).toBe('Só avisos')
  const photo =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
  const pictured = { communityId: id, communityPhoto: photo }
  expect(await call('POST', 'update-community-photo', pictured)).toEqual({ value: true })
  expect([...(atPhones?.picture ?? [])].slice(0, 2)).toEqual([0xff, 0xd8])
  const before = atPhones?.inviteCode
  const { invitationLink } = await call('POST', `redefine-invitation-link/${id}`)
  expect(invitationLink).toBe(`https://chat.whatsapp.com/${atPhones?.inviteCode}`)
  expect(atPhones?.inviteCode).not.toBe(before)
})

test('a community that is deactivated is gone, and its groups remain', async () => {
  const { id } = await newCommunity()
  const group = await newGroup(ana)
  await call('POST', 'communities/link', { communityId: id, groupsPhones: [group] })
  expect(await call('DELETE', `communities/${id}`)).toEqual({ success: true })
  expect(await call('GET', 'communities')).not.toContainEqual({ name: 'Prédio', id })
  const sent = await call('POST', 'send-text', { phone: group, message: 'Ainda aqui' })
  expect((await shown(ana, String(sent['messageId']))).text).toBe('Ainda aqui')
  await expect(call('GET', `communities-metadata/${id}`)).rejects.toThrow(/400.*no such group/u)
})

test('bad input names the attribute, and a group is no community', async () => {
  const community = { communityId: 'prédio' }
  await expect(call('POST', 'communities', { name: ' ' })).rejects.toThrow(/400.*name is empty/u)
  await expect(
    call('POST', 'communities/settings', { ...community, whoCanAddNewGroups: 'all' }),
  ).rejects.toThrow(/400.*communityId is no community/u)
  await expect(
    call('POST', 'communities/link', { communityId: '120363186053925765', groupsPhones: ['x'] }),
  ).rejects.toThrow(/400.*groupsPhones\[0\] is no group/u)
  const group = await newGroup(ana)
  await expect(call('GET', `communities-metadata/${group.replace('-group', '')}`)).rejects.toThrow(
    /400.*of a group, not of a community/u,
  )
})
