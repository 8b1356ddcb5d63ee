/** Everything that an unmodified client asks the server, beyond what its login and its messages ask anyway. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '../src/phone.js'
import { startSimulator } from '../src/simulator.js'
import { childOf, childrenOf } from '../src/wire/stanza.js'
import type { Client } from './support/client.js'
import { Lab } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'
/** Baileys makes the JPEG of it: a PNG of one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

let lab: Lab
let client: Client
let ana: Phone

beforeAll(async () => {
  lab = new Lab(await startSimulator())
  ana = await lab.phone(ANA)
  client = await lab.linked(await lab.phone(LOJA))
})

afterAll(async () => {
  await lab.close()
  lab.expectNothingUnexpected()
})

const jidOf = (phone: Phone) => `${phone.lid}@lid`
const device = () => lab.simulator.network.byPhone(LOJA)?.devices.get(1)

describe('a client', () => {
  test.each<[string, () => Promise<unknown>, unknown]>([
    ['its blocked contacts', () => client.socket.fetchBlocklist(), []],
    ['its privacy', () => client.socket.fetchPrivacySettings(true), { last: 'all', online: 'all' }],
    [
      'whether its account is restricted',
      () => client.socket.fetchAccountReachoutTimelock(),
      { isActive: false },
    ],
    [
      'a status text',
      () => client.socket.fetchStatus(jidOf(ana)),
      [{ status: { setAt: expect.any(Date) } }],
    ],
    [
      'how long messages of a chat stay',
      () => client.socket.fetchDisappearingDuration(jidOf(ana)),
      [{ disappearing_mode: { duration: 0 } }],
    ],
    ['a business profile', () => client.socket.getBusinessProfile(jidOf(ana)), {}],
  ])('is told %s', async (_what, ask, answer) => {
    expect(await ask()).toMatchObject(answer as object)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['block a contact', () => client.socket.updateBlockStatus(`${ANA}@s.whatsapp.net`, 'block')],
    ['change its privacy', () => client.socket.updateLastSeenPrivacy('none')],
    ['let messages disappear', () => client.socket.updateDefaultDisappearingMode(86_400)],
    ['set its status text', () => client.socket.updateProfileStatus('Fechado')],
    ['patch its app state', () => client.socket.updateProfileName('Loja')],
    ['say that it is up to date', () => client.socket.cleanDirtyBits('groups')],
    ['hand in statistics', () => client.socket.sendWAMBuffer(Buffer.from('WAM'))],
  ])('may %s', async (_what, ask) => {
    await ask()
    expect(lab.simulator.network.unknownNodes).toEqual([])
  })

  test('is told the bots, the terms and who asks to join, and is refused what a phone alone may do', async () => {
    const { socket } = client
    const bots = await socket.getBotListV2()
    expect(bots).toMatchObject([{ jid: '867051314767696@bot' }])
    const ask = (xmlns: string, type: 'get' | 'set', tag: string, to = 's.whatsapp.net') =>
      socket.query({ tag: 'iq', attrs: { xmlns, type, to }, content: [{ tag, attrs: {} }] })
    const terms = childOf(await ask('tos', 'get', 'request'), 'tos')
    expect(terms?.tag).toBe('tos')
    await expect(ask('urn:xmpp:whatsapp:account', 'get', 'email')).rejects.toThrow('forbidden')

    const { network } = lab.simulator
    const [own, other] = [network.byPhone(LOJA), network.byPhone(ANA)]
    if (own === undefined || other === undefined) throw new Error('no such phone')
    const community = network.addCommunity({ subject: 'Bairro', accounts: [own, other] })
    const linked = await ask('w:g2', 'get', 'linked_groups_participants', community.id)
    expect(childrenOf(childOf(linked, 'linked_groups_participants'))).toHaveLength(2)
    const group = network.addGroup({ subject: 'Turma', accounts: [own] })
    group.requests.add(other)
    expect(await socket.groupRequestParticipantsList(group.id)).toMatchObject([{ jid: jidOf(ana) }])
  })

  test('changes what its phone shows of it', async () => {
    const own = lab.simulator.phone(LOJA)
    await client.socket.updateProfileStatus('Aberto')
    await client.socket.updateProfileName('Loja nova')
    await expect.poll(() => own?.name).toBe('Loja nova')
    expect(own?.about).toBe('Aberto')
    const jid = client.socket.authState.creds.me?.id ?? ''
    await expect(client.socket.profilePictureUrl(jid)).rejects.toThrow('item-not-found')
    await client.socket.updateProfilePicture(jid, PICTURE)
    expect(own?.picture?.subarray(0, 2)).toEqual(Buffer.from('ffd8', 'hex'))
    expect(await client.socket.profilePictureUrl(jid)).toMatch(
      /^https:\/\/127\.0\.0\.1:\d+\/mms\/picture\//u,
    )
  })

  test('hears that a contact has no picture', async () => {
    await expect(client.socket.profilePictureUrl(jidOf(ana))).rejects.toThrow('item-not-found')
  })

  test('hears who is online, and since when a person is not', async () => {
    const seen: string[] = []
    client.socket.ev.on('presence.update', ({ presences }) => {
      seen.push(...Object.values(presences).map(({ lastKnownPresence }) => lastKnownPresence))
    })
    await client.socket.presenceSubscribe(jidOf(ana))
    await client.until(() => seen.length === 1)
    ana.goOffline()
    await client.socket.presenceSubscribe(jidOf(ana))
    await client.until(() => seen.length === 2)
    await ana.comeOnline()
    expect(seen).toEqual(['available', 'unavailable'])
  })

  test('may rotate its signed key, and the next one to write gets the new one', async () => {
    const before = device()?.keys?.take()
    await client.socket.rotateSignedPreKey()
    const after = device()?.keys?.take()
    expect(before?.[3]?.tag).toBe('skey')
    expect(after?.[3]?.tag).toBe('skey')
    expect(after?.[3]).not.toEqual(before?.[3])
  })

  test('can compare its keys with those that the server has', async () => {
    const attrs = { to: '@s.whatsapp.net', type: 'get', xmlns: 'encrypt' }
    const content = [{ tag: 'digest', attrs: {} }]
    const digest = childOf(await client.socket.query({ tag: 'iq', attrs, content }), 'digest')
    expect(childrenOf(digest).map(({ tag }) => tag)).toEqual([
      'registration',
      'type',
      'identity',
      'skey',
      'list',
      'hash',
    ])
    expect(childrenOf(childOf(digest, 'list'))).toHaveLength(device()?.keys?.count ?? 0)
  })

  test('gets no keys of a device that is not there', async () => {
    const attrs = { to: '@s.whatsapp.net', type: 'get', xmlns: 'encrypt' }
    const users = [ANA, '5511999990099'].map((phone) => ({
      tag: 'user',
      attrs: { jid: `${phone}@s.whatsapp.net` },
    }))
    const content = [{ tag: 'key', attrs: {}, content: users }]
    const list = childOf(await client.socket.query({ tag: 'iq', attrs, content }), 'list')
    const [known, unknown] = childrenOf(list)
    expect(childrenOf(known).map(({ tag }) => tag)).toContain('identity')
    expect(childOf(unknown, 'error')?.attrs).toMatchObject({ code: '404' })
  })
})
