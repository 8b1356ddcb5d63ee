/** What the admin of a group changes by calls, and who joins and leaves it, as its members see it. */

import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

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

/** A group of the first of them. */
function groupOf(...members: readonly Phone[]) {
  const group = journey.simulator.addGroup({
    subject: 'Turma',
    members: members.map(({ phone }) => phone),
  })
  return { group, groupId: group.id.replace('@g.us', '-group') }
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

test('name, description and picture of a group are what was set', async () => {
  const { groupId } = groupOf(own, ana)
  const groupName = 'Turma do fundão'
  expect(await call('POST', 'update-group-name', { groupId, groupName })).toEqual(done)
  expect(await namesOn(ana)).toContain(groupName)
  expect((await notified(groupId, 'GROUP_CHANGE_SUBJECT')).body).toMatchObject({
    notificationParameters: [groupName],
  })
  const describe = (groupDescription: string) =>
    call('POST', 'update-group-description', { groupId, groupDescription })
  for (const text of ['Só avisos', 'Avisos e recados', '']) {
    expect(await describe(text)).toEqual(done)
    expect(await call('GET', `light-group-metadata/${groupId}`)).toMatchObject({
      subject: groupName,
      description: text,
    })
  }
  expect(await call('GET', `profile-picture?phone=${groupId}`)).toEqual({ link: null })
  const image = sharp({ create: { width: 90, height: 30, channels: 3, background: 'red' } })
  const groupPhoto = `data:image/png;base64,${(await image.png().toBuffer()).toString('base64')}`
  expect(await call('POST', 'update-group-photo', { groupId, groupPhoto })).toEqual(done)
  const { link } = await call('GET', `profile-picture?phone=${groupId}`)
  expect(link).toMatch(/^https:/u)
  await notified(groupId, 'GROUP_CHANGE_ICON')
})

test('settings change alone what is given, and are told', async () => {
  const { group, groupId } = groupOf(own, ana)
  const set = (settings: object) => call('POST', 'update-group-settings', settings)
  expect(await set({ phone: groupId, adminOnlyMessage: true })).toEqual(done)
  expect(await call('GET', `group-metadata/${groupId}`)).toMatchObject({
    adminOnlyMessage: true,
    adminOnlySettings: false,
    requireAdminApproval: false,
  })
  await notified(groupId, 'GROUP_CHANGE_ANNOUNCE')
  const all = { adminOnlySettings: true, requireAdminApproval: true, adminOnlyAddMember: true }
  expect(await set({ groupId, ...all, adminOnlyMessage: false })).toEqual(done)
  expect(await call('GET', `group-metadata/${groupId}`)).toMatchObject({
    adminOnlyMessage: false,
    adminOnlySettings: true,
    requireAdminApproval: true,
  })
  expect(group.membersMayAdd).toBe(false)
})

test('admins are made and unmade, and people who asked are let in or turned away', async () => {
  const { group, groupId } = groupOf(own, ana)
  const isAdmin = async (person: Phone) => {
    const { participants } = await call('GET', `light-group-metadata/${groupId}`)
    const members = participants as readonly { phone: string; isAdmin: boolean }[]
    return members.find(({ phone }) => phone === person.phone)?.isAdmin
  }
  const about = (person: Phone) => ({ groupId, phones: [person.phone] })
  expect(await call('POST', 'add-admin', about(ana))).toEqual(done)
  expect(await isAdmin(ana)).toBe(true)
  expect(await call('POST', 'remove-admin', about(ana))).toEqual(done)
  expect(await isAdmin(ana)).toBe(false)

  const account = journey.simulator.network.byPhone(bia.phone)
  if (account === undefined) throw new Error('Bia has no account')
  group.requests.add(account)
  expect(await call('POST', 'reject-participant', about(bia))).toEqual(done)
  expect(await isAdmin(bia)).toBeUndefined()
  await expect(call('POST', 'approve-participant', about(bia))).rejects.toThrow(/400.*404/u)
  group.requests.add(account)
  expect(await call('POST', 'approve-participant', about(bia))).toEqual(done)
  expect(await isAdmin(bia)).toBe(false)
})

test('an invitation is read and accepted, and the group left again', async () => {
  const { group, groupId } = groupOf(ana, bia)
  const url = encodeURIComponent(`https://chat.whatsapp.com/${group.inviteCode}?mode=ac_t`)
  expect(await call('GET', `group-invitation-metadata?url=${url}`)).toMatchObject({
    phone: groupId,
    owner: ana.phone,
    participantsCount: 2,
  })
  const accept = () => call('GET', `accept-invite-group?url=${url}`)
  expect(await accept()).toEqual({ success: true })
  expect(await accept()).toEqual({ success: true })
  expect(await namesOn(own)).toContain('Turma')
  expect(group.members).toContain(own.phone)
  expect(await call('POST', 'leave-group', { groupId })).toEqual(done)
  await expect.poll(() => group.members).not.toContain(own.phone)

  group.settings.add('membership_approval_mode')
  expect(await accept()).toEqual({ success: true, approvalPending: true })
  group.renewInvitation()
  await expect(accept()).rejects.toThrow(/400.*\(406\)/u)
})

test('a new invitation link ends the old one', async () => {
  const { groupId } = groupOf(own, ana)
  const before = await call('GET', `group-invitation-link/${groupId}`)
  const { invitationLink } = await call('POST', `redefine-invitation-link/${groupId}`, {})
  expect(invitationLink).not.toBe(before['invitationLink'])
  expect(await call('GET', `group-invitation-link/${groupId}`)).toMatchObject({ invitationLink })
})
