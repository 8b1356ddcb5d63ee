/** Every route of tenants and partners that changes something leaves a record. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import { askedPasskey, signedAnswer } from '../../test/support/stand-in-passkeys.js'
import { openZapiStage, partnerToken, type ZapiStage } from '../../test/support/zapi-stage.js'
import { endpoints } from './endpoints.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const value = 'https://example.com/hook'
const partner = { authorization: `Bearer ${partnerToken}` }

const groupId = '120363019502650977-group'
const phone = '5511999999999'
const phones = [phone]
const visible = { visualizationType: 'ALL' }
const communityId = '120363186053925765'
const ofCommunity = {
  communityId,
  groupsPhones: [groupId],
  whoCanAddNewGroups: 'all',
  communityDescription: 'Pães',
  communityPhoto: value,
}
const ofNewsletter = {
  id: '120363166555745933@newsletter',
  name: 'Avisos',
  description: 'Pães',
  pictureUrl: value,
  reactionCodes: 'all',
  phone: '5511999999999',
}
const ofFollowers = (what: string) =>
  ['PUT', `${what}-newsletter`, 'newsletter-changed', ofNewsletter, 'connected'] as const
const ofOwners = (what: string) =>
  ['POST', `update-newsletter-${what}`, 'newsletter-changed', ofNewsletter, 'connected'] as const
const ofAdmins = (what: string) =>
  [
    'POST',
    `newsletter/${what}/:newsletterId`,
    'newsletter-changed',
    ofNewsletter,
    'connected',
  ] as const
const described = { groupId, groupDescription: 'Pães' }
const ofMembers = (path: string) =>
  ['POST', path, 'group-changed', { groupId, phones }, 'connected'] as const

const ofReceiver = { url: value }

/** Method, path, act, body. Those of connected instances are marked. */
const list = { name: 'Clientes', phones: ['5511999999999'] }
const ofCallers = [
  ['GET', 'disconnect', 'instance-disconnected'],
  ['GET', 'restart', 'instance-restarted', 'connected'],
  ['GET', 'restore-session', 'instance-restarted', 'connected'],
  ['GET', 'extension-token', 'extension-token-made'],
  ['GET', 'phone-code/5511988880001', 'pairing-code-made'],
  ['GET', 'webhook-secret', 'webhook-secret-read'],
  ['GET', 'callbacks/:callbackId?body=codes', 'codes-read'],
  ['POST', 'callbacks/replay', 'callbacks-replayed', { since: 0 }],
  ['POST', 'callbacks/:callbackId/replay', 'callbacks-replayed'],
  ['POST', 'callbacks/:callbackId/try', 'callbacks-tried'],
  ['POST', 'callbacks/try', 'callbacks-tried', {}],
  ['POST', 'callbacks/receivers/pause', 'receiver-paused', ofReceiver],
  ['POST', 'callbacks/receivers/resume', 'receiver-resumed', ofReceiver],
  ['POST', 'callbacks/receivers/test', 'callback-tested', ofReceiver],
  ['PUT', 'update-name', 'instance-renamed', { value: 'Filial' }],
  ['PUT', 'profile-name', 'profile-changed', { value: 'Loja' }, 'connected'],
  ['PUT', 'profile-picture', 'profile-changed', { value }, 'connected'],
  ['PUT', 'profile-description', 'profile-changed', { value: 'Pães' }, 'connected'],
  ['POST', 'create-group', 'group-changed', { groupName: 'Turma', phones }, 'connected'],
  ['GET', 'accept-invite-group?url=GONwbGGDkLe8', 'group-changed', 'connected'],
  ...['add-participant', 'remove-participant', 'add-admin', 'remove-admin'].map(ofMembers),
  ...['approve-participant', 'reject-participant'].map(ofMembers),
  ['POST', 'leave-group', 'group-changed', { groupId }, 'connected'],
  ['POST', 'redefine-invitation-link/:groupId', 'group-changed', {}, 'connected'],
  ['POST', 'update-group-name', 'group-changed', { groupId, groupName: 'B' }, 'connected'],
  ['POST', 'update-group-description', 'group-changed', described, 'connected'],
  ['POST', 'update-group-photo', 'group-changed', { groupId, groupPhoto: value }, 'connected'],
  ['POST', 'communities', 'group-changed', { name: 'Prédio' }, 'connected'],
  ['DELETE', 'communities/:communityId', 'group-changed', 'connected'],
  ['POST', 'communities/link', 'group-changed', ofCommunity, 'connected'],
  ['POST', 'communities/unlink', 'group-changed', ofCommunity, 'connected'],
  ['POST', 'communities/settings', 'group-changed', ofCommunity, 'connected'],
  ['POST', 'update-community-description', 'group-changed', ofCommunity, 'connected'],
  ['POST', 'update-community-photo', 'group-changed', ofCommunity, 'connected'],
  ['POST', 'create-newsletter', 'newsletter-changed', { name: 'Avisos' }, 'connected'],
  ['DELETE', 'delete-newsletter', 'newsletter-changed', ofNewsletter, 'connected'],
  ...['follow', 'unfollow', 'mute', 'unmute'].map(ofFollowers),
  ...['name', 'description', 'picture'].map(ofOwners),
  ...['settings', 'accept-admin-invite', 'revoke-admin-invite'].map(ofAdmins),
  ...['remove-admin', 'transfer-ownership'].map(ofAdmins),
  ['POST', 'update-group-settings', 'group-changed', { groupId }, 'connected'],
  ['POST', 'modify-chat', 'chat-changed', { phone, action: 'read' }, 'connected'],
  ['POST', 'send-chat-expiration', 'chat-changed', { phone, chatExpiration: 'OFF' }, 'connected'],
  ['POST', 'contacts/add', 'contacts-changed', [{ firstName: 'Ana', phone }], 'connected'],
  ['DELETE', 'contacts/remove', 'contacts-changed', phones, 'connected'],
  ['POST', 'contacts/modify-blocked', 'contacts-changed', { phone, action: 'block' }, 'connected'],
  ['POST', 'contacts/5511999999999/report', 'contacts-changed', 'connected'],
  ['POST', 'privacy/last-seen', 'privacy-changed', visible, 'connected'],
  ['POST', 'privacy/photo-visualization', 'privacy-changed', visible, 'connected'],
  ['POST', 'privacy/photo', 'privacy-changed', visible, 'connected'],
  ['POST', 'privacy/description', 'privacy-changed', visible, 'connected'],
  ['POST', 'privacy/online', 'privacy-changed', visible, 'connected'],
  ['POST', 'privacy/group-add', 'privacy-changed', { type: 'ALL' }, 'connected'],
  ['POST', 'privacy/read-receipts?value=enable', 'privacy-changed', 'connected'],
  ['POST', 'privacy/messages-duration?value=days7', 'privacy-changed', 'connected'],
  ['PUT', 'update-webhook-received', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-delivery', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-received-delivery', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-connected', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-disconnected', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-message-status', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-chat-presence', 'callbacks-changed', { value }],
  ['PUT', 'update-proxy-webhook', 'callbacks-changed', { value }],
  ['PUT', 'update-webhook-passkey', 'callbacks-changed', { value }],
  ['PUT', 'update-every-webhooks', 'callbacks-changed', { value }],
  ['POST', 'passkey-link', 'passkey-link-made', 'asked'],
  ['POST', 'passkey-prologue', 'passkey-answered', signedAnswer],
  ['POST', 'passkey-code', 'passkey-code-compared', { same: true }],
  ['POST', 'reset-passkey-challenge', 'passkey-reset'],
  ['POST', 'business/company-address', 'profile-changed', { value: 'Rua 1' }, 'connected'],
  ['POST', 'business/company-description', 'profile-changed', { value: 'Loja' }, 'connected'],
  ['POST', 'business/company-email', 'profile-changed', { value: 'a@example.com' }, 'connected'],
  ['POST', 'business/company-websites', 'profile-changed', { websites: [] }, 'connected'],
  ['POST', 'business/categories', 'profile-changed', { categories: ['2250'] }, 'connected'],
  [
    'POST',
    'business/hours',
    'profile-changed',
    { timezone: 'America/Sao_Paulo', mode: 'open24h' },
    'connected',
  ],
  ['POST', 'business/create-tag', 'settings-changed', { name: 'Novo' }, 'connected'],
  ['POST', 'business/edit-tag/:tagId', 'settings-changed', { name: 'Novo' }, 'connected'],
  ['DELETE', 'business/tag/:tagId', 'settings-changed', 'connected'],
  ['PUT', 'chats/:phone/tags/:tag/add', 'chat-changed', {}, 'connected'],
  ['PUT', 'chats/:phone/tags/:tag/remove', 'chat-changed', {}, 'connected'],
  ['POST', 'chats/:phone/notes', 'chat-changed', { notes: 'Paga' }, 'connected'],
  ['POST', 'broadcast', 'settings-changed', list],
  ['PUT', 'broadcast/:broadcastId', 'settings-changed', list],
  ['DELETE', 'broadcast/:broadcastId', 'settings-changed'],
  ['PUT', 'update-filters', 'settings-changed', { messageFilters: [] }],
  ['PUT', 'update-notify-sent-by-me', 'settings-changed', { notifySentByMe: true }],
  ['PUT', 'update-queue-settings', 'settings-changed', { disableEnqueueWhenDisconnected: true }],
  ['PUT', 'update-button-form', 'settings-changed', { value: 'text' }],
  ['PUT', 'update-code-times', 'settings-changed', { codeLifeSeconds: 300 }],
  ['PUT', 'update-pacing', 'settings-changed', { minGapMs: 0, maxGapMs: 1_000 }],
  ['PUT', 'update-retention', 'settings-changed', { keepMessagesDays: 7 }],
  ['PUT', 'update-late-sends', 'settings-changed', { value: 'accept' }],
  ['PUT', 'update-sending-limits', 'settings-changed', { preset: 'recommended' }],
  ['PUT', 'update-call-reject-auto', 'settings-changed', { value: true }],
  ['PUT', 'update-call-reject-message', 'settings-changed', { value: 'Não' }],
  ['PUT', 'update-auto-read-message', 'settings-changed', { value: true }],
  ['PUT', 'update-auto-read-status', 'settings-changed', { value: true }],
  ['DELETE', 'queue', 'messages-cancelled'],
  ['DELETE', 'queue/:zaapId', 'messages-cancelled'],
] as const

const ofPartners = [
  ['POST', 'on-demand/subscription', 'instance-resumed', {}],
  ['POST', 'on-demand/cancel', 'instance-cancelled', {}],
  ['DELETE', 'on-demand', 'instance-deleted', undefined],
  ['POST', 'rotate-token', 'instance-token-rotated', {}],
  ['POST', 'rotate-webhook-secret', 'webhook-secret-rotated', {}],
  ['PUT', 'allowed-callers', 'instance-callers-changed', { networks: [] }],
  ['PUT', 'client-token-required', 'settings-changed', { value: false }],
  ['POST', 'mcp-tokens', 'mcp-token-made', { name: 'Agent', scope: 'read' }],
  ['DELETE', 'mcp-tokens/:tokenId', 'mcp-token-revoked', undefined],
  ['PUT', 'configure-proxy', 'proxy-changed', { enable: true, proxyUrl: 'http://127.0.0.1:9' }],
] as const

const records = () => stage.database.query.selectFrom('audit').selectAll().execute()

async function newest(count: number) {
  return (await records()).slice(count)
}

async function deadCallback(): Promise<string> {
  await stage.put('update-webhook-delivery', { value })
  const { zaapId } = (await stage.send()).json()
  await stage.call('DELETE', `queue/${zaapId}`)
  const dead = { status: 'dead', ended_at: 9 } as const
  await stage.database.query.updateTable('delivery').set(dead).execute()
  return (await stage.database.query.selectFrom('delivery').select('id').executeTakeFirstOrThrow())
    .id
}

async function newList(): Promise<string> {
  const { broadcastId } = (await stage.call('POST', 'broadcast', { payload: list })).json()
  return broadcastId
}

it.each(ofCallers)('%s %s is recorded as %s', async (method, path, act, ...rest) => {
  const [callbackId, sent] = [await deadCallback(), (await stage.send()).json()]
  if (rest.some((each) => each === 'connected')) stage.sessions.connected.add(stage.instance.id)
  if (rest.some((each) => each === 'asked')) stage.sessions.linking.heard(askedPasskey)
  const label = { id: '1', name: 'Novo', color: 1 }
  await stage.directory.take(stage.instance.id, [{ kind: 'label', label }])
  const action = path
    .replace(':callbackId', callbackId)
    .replace(':zaapId', sent.zaapId)
    .replace(':groupId', groupId)
    .replace(':communityId', communityId)
    .replace(':broadcastId', await newList())
    .replace(':newsletterId', ofNewsletter.id)
    .replace(':phone', '5511999999999')
    .replace(/:tag(Id)?\b/u, '1')
  const before = (await records()).length
  const payload = rest.find((each) => typeof each === 'object')
  const answer = await stage.call(method, action, payload === undefined ? {} : { payload })
  expect([answer.statusCode, answer.body]).toEqual([expect.toBeOneOf([200, 201, 204]), answer.body])
  const made = await newest(before)
  expect(made).toMatchObject([
    { act, role: 'caller', name: null, address: '127.0.0.1', instance_id: stage.instance.id },
  ])
  // Of the path, the pattern alone: it may hold a phone number.
  expect(made[0]?.detail).toBe(path.replace(/\?.*/u, '').replace(/\/55\d+/u, '/:phone'))
})

it.each(ofPartners)('%s integrator/%s is recorded as %s', async (method, path, act, payload) => {
  if (act === 'instance-resumed')
    await stage.call('POST', 'integrator/on-demand/cancel', { headers: partner, payload: {} })
  const by = { role: 'partner', address: '127.0.0.1' } as const
  const agent = { name: 'Agent', scope: 'read' } as const
  const { id } = await stage.mcpTokens.create(stage.instance.id, agent, by)
  const before = (await records()).length
  const options = { headers: partner, ...(payload === undefined ? {} : { payload }) }
  const action = path.replace(':tokenId', id)
  const answer = await stage.call(method, `integrator/${action}`, options)
  expect(answer.statusCode).toBeLessThan(300)
  expect(await newest(before)).toMatchObject([
    { act, role: 'partner', address: '127.0.0.1', instance_id: stage.instance.id },
  ])
})

const ofPools = [
  ['POST', '', 'pool-created', { name: 'Logins' }],
  ['PUT', '/:poolId/members/:memberId', 'pool-changed', { weight: 2 }],
  ['DELETE', '/:poolId/members/:memberId', 'pool-changed', undefined],
  ['DELETE', '/:poolId', 'instance-deleted', undefined],
] as const

it.each(ofPools)('%s integrator/pools%s is recorded as %s', async (method, path, act, payload) => {
  const by = { role: 'partner', address: '127.0.0.1' } as const
  const { pool } = await stage.pools.create({ name: 'Logins', by })
  await stage.pools.setMember(pool.id, stage.instance.id, 1, by)
  const before = (await records()).length
  const place = path.replace(':poolId', pool.id).replace(':memberId', stage.instance.id)
  const url = `/instances/integrator/pools${place}`
  const answer = await stage.app.inject({
    method,
    url,
    headers: partner,
    ...(payload && { payload }),
  })
  expect(answer.statusCode).toBe(200)
  expect(await newest(before)).toMatchObject([{ act, role: 'partner', address: '127.0.0.1' }])
})

it('records a new instance, and who pairs one by a token for that alone', async () => {
  const before = (await records()).length
  const url = '/instances/integrator/on-demand'
  await stage.app.inject({ method: 'POST', url, headers: partner, payload: { name: 'Nova' } })
  expect(await newest(before)).toMatchObject([{ act: 'instance-created', role: 'partner' }])

  const { token } = (await stage.call('GET', 'extension-token')).json()
  const path = `/instances/${stage.instance.id}/token/${token}/phone-code/5511988880001`
  expect((await stage.app.inject({ method: 'GET', url: path })).statusCode).toBe(200)
  expect((await records()).at(-1)).toMatchObject({ act: 'pairing-code-made', role: 'pairing' })
  expect(JSON.stringify(await records())).not.toContain('5511988880001')
})

it('records nothing that was refused, nor codes that were shown masked', async () => {
  const callbackId = await deadCallback()
  const before = (await records()).length
  await stage.put('update-webhook-received', { value: 'no URL' })
  await stage.call('GET', 'restart')
  await stage.call('GET', `callbacks/${callbackId}?body=true`)
  await stage.call('GET', 'disconnect', { headers: {} })
  expect(await newest(before)).toEqual([])
})

it('leaves no route out of these tests but those that say why', () => {
  const called = [
    ...ofCallers.map(([method, path]) => `${method} /${path.replace(/\?.*/u, '')}`),
    ...ofPartners.map(([method, path]) => `${method} /integrator/${path}`),
    'POST /instances/integrator/on-demand',
    ...ofPools.map(([method, path]) => `${method} /instances/integrator/pools${path}`),
    'GET /phone-code/:phone',
    'POST /contacts/:phone/report',
  ]
  const ofEndpoints = endpoints.flatMap(({ method, paths: [path], audit }) =>
    audit === undefined ? [] : [[`${method} ${path}`, audit] as const],
  )
  const left = ofEndpoints.filter(
    ([route, audit]) =>
      !called.includes(route) && (typeof audit !== 'object' || audit.none.length < 10),
  )
  expect(left).toEqual([])
})
