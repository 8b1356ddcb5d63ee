/** Groups that are made and changed by calls, as their members see them. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone
let bia: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  ana = await journey.newPhone()
  bia = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const call = (method: 'GET' | 'POST', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>
const done = { value: true }

/** A group that the number has made, with Ana in it. */
async function newGroup(): Promise<{ id: string; jid: string }> {
  const made = await call('POST', 'create-group', {
    groupName: 'Turma',
    phones: [ana.phone],
    autoInvite: false,
  })
  const id = String(made['phone'])
  return { id, jid: id.replace('-group', '@g.us') }
}

/** Of a text that is written to the group: what the person's phone shows. */
async function textIn(group: string, person: Phone): Promise<string> {
  const sent = await call('POST', 'send-text', { phone: group, message: 'Oi, turma' })
  const { text } = await shown(person, String(sent['messageId']))
  return text
}

const notified = (id: string, notification: string) =>
  journey.callbacks.next(
    ({ body }) => body['phone'] === id && body['notification'] === notification,
  )

/** The groups that the person's phone lists, by name. */
async function namesOn({ phone }: Phone): Promise<readonly unknown[]> {
  const listed = await fetch(`${journey.simulator.controlUrl}/groups`)
  const groups = (await listed.json()) as { subject: string; members: string[] }[]
  return groups.filter(({ members }) => members.includes(phone)).map(({ subject }) => subject)
}

test('a group that is made is on the phones of its members, and takes messages', async () => {
  const made = await call('POST', 'create-group', {
    groupName: 'Condomínio',
    phones: [ana.phone, '5511900000099'],
    autoInvite: true,
  })
  expect(made).toMatchObject({
    phone: expect.stringMatching(/^\d+-group$/u),
    phonesNotAdded: ['5511900000099'],
    invitationLink: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\/[\w-]+$/u),
  })
  expect(await namesOn(ana)).toContain('Condomínio')
  expect(await textIn(String(made['phone']), ana)).toBe('Oi, turma')
})

test('a person who is added gets what is sent then, and one who is removed does not', async () => {
  const { id } = await newGroup()
  const members = { groupId: id, phones: [bia.phone] }
  expect(await call('POST', 'add-participant', members)).toEqual(done)
  expect(await textIn(id, bia)).toBe('Oi, turma')
  expect((await notified(id, 'GROUP_PARTICIPANT_ADD')).body).toMatchObject({
    notificationParameters: [bia.phone],
  })

  expect(await call('POST', 'remove-participant', members)).toEqual(done)
  const seen = bia.messages.length
  expect(await textIn(id, ana)).toBe('Oi, turma')
  expect(bia.messages).toHaveLength(seen)
  expect((await notified(id, 'GROUP_PARTICIPANT_REMOVE')).body).toMatchObject({
    notificationParameters: [bia.phone],
  })
})

test('a person who may not be added is told of, and invited where that is asked for', async () => {
  const shy = await journey.newPhone()
  const account = journey.simulator.network.byPhone(shy.phone)
  account?.privacy.set('groupadd', 'contacts')
  const { id, jid } = await newGroup()
  const members = { groupId: id, phones: [bia.phone, shy.phone] }
  await expect(call('POST', 'add-participant', members)).rejects.toThrow(
    /400.*phones\[1\] \(403: .*The others were changed/u,
  )
  expect(await textIn(id, bia)).toBe('Oi, turma')

  expect(await call('POST', 'add-participant', { ...members, autoInvite: true })).toEqual(done)
  const code = journey.simulator.network.group(jid)?.inviteCode
  const { text } = await shy.untilMessage(({ from }) => from === own.phone)
  expect(text).toBe(`https://chat.whatsapp.com/${code}`)
})

test('the members and the settings of a group are told with their phones', async () => {
  const { id, jid } = await newGroup()
  const known = {
    phone: id,
    owner: own.phone,
    subject: 'Turma',
    description: '',
    communityId: null,
    adminOnlyMessage: false,
    participants: [
      { phone: own.phone, isAdmin: true, isSuperAdmin: true },
      { phone: ana.phone, isAdmin: false, isSuperAdmin: false },
    ],
    subjectOwner: own.phone,
  }
  const invitationLink = `https://chat.whatsapp.com/${journey.simulator.network.group(jid)?.inviteCode}`
  expect(await call('GET', `group-metadata/${id}`)).toMatchObject({ ...known, invitationLink })
  const light = await call('GET', `light-group-metadata/${id}`)
  expect(light).toMatchObject({ ...known, invitationLink: null })
  expect(await call('GET', `group-invitation-link/${id}`)).toEqual({ phone: id, invitationLink })
})

test('what an admin alone may do is refused to a member, and says why', async () => {
  const members = [ana.phone, own.phone, bia.phone]
  const { id: jid } = journey.simulator.addGroup({ subject: 'Da Ana', members })
  const groupId = jid.replace('@g.us', '-group')
  expect(await call('GET', `group-metadata/${groupId}`)).toMatchObject({
    invitationLink: null,
    invitationLinkError: 'not-authorized',
  })
  for (const path of ['remove-participant', 'add-admin', 'remove-admin'])
    await expect(call('POST', path, { groupId, phones: [bia.phone] })).rejects.toThrow(
      /400.*\(401\): this number is no admin/u,
    )
  await expect(call('GET', 'group-metadata/120363000000000000-group')).rejects.toThrow(
    /400.*there is no such group/u,
  )
})

test('the list of groups has pages', async () => {
  const all = (await call('GET', 'groups?page=1&pageSize=1000')) as unknown as { phone: string }[]
  expect(all.length).toBeGreaterThan(2)
  const second = await call('GET', 'groups?page=2&pageSize=1')
  expect(second).toEqual([all[1]])
  expect(await call('GET', 'groups?page=900')).toEqual([])
  await expect(call('GET', 'groups?page=-1')).rejects.toThrow(/400.*page/u)
})
