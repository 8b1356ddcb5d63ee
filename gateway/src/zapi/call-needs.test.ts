/** What each call opens to: a change here widens or narrows what keys, agents and people may do. */

import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { CallNeed } from '../domain/api-scope.js'
import { agentScopeOf, needOf } from './call-needs.js'
import type { Endpoint } from './endpoint.js'
import { endpoints } from './endpoints.js'

const possible = endpoints.filter(({ impossible }) => impossible === undefined)

function callsWith(need: CallNeed, calls: readonly Endpoint[] = possible): readonly string[] {
  return calls
    .filter((call) => needOf(call) === need)
    .map(({ method, paths }) => `${method} ${paths[0]}`)
    .toSorted()
}

const ofInstance = possible.filter(({ access }) => access === 'instance' || access === 'pairing')
const ofPartner = possible.filter(({ access }) => access === 'account' || access === 'partner')

describe('what a call needs', () => {
  it('reading is a GET, or one of these, whose body holds what is asked for', () => {
    const reads = callsWith('read')
    expect(reads.length).toBeGreaterThan(40)
    expect(reads.filter((call) => !call.startsWith('GET '))).toEqual([
      'POST /catalogs',
      'POST /catalogs/:phone',
      'POST /phone-exists-batch',
      'POST /queue',
      'POST /search-newsletter',
    ])
  })

  it('a GET of an instance that links or changes something, or lets a person into a group, is no reading', () => {
    const gets = ofInstance.filter(({ method }) => method === 'GET')
    expect(callsWith('manage', gets)).toEqual([
      'GET /accept-invite-group',
      'GET /disconnect',
      'GET /group-invitation-link/:groupId',
      'GET /group-metadata/:phone',
      'GET /passkey',
      'GET /phone-code/:phone',
      'GET /qr-code',
      'GET /qr-code/image',
      'GET /restart',
      'GET /restore-session',
    ])
    expect(callsWith('read', gets)).toEqual(
      expect.arrayContaining(['GET /light-group-metadata/:phone', 'GET /status']),
    )
  })

  it('what gives a secret, or says where callbacks go, needs the token of the instance', () => {
    expect(callsWith('owner', ofInstance)).toEqual([
      'GET /callbacks/:callbackId',
      'GET /extension-token',
      'GET /me',
      'GET /webhook-secret',
      'PUT /update-every-webhooks',
      'PUT /update-proxy-webhook',
      'PUT /update-webhook-chat-presence',
      'PUT /update-webhook-connected',
      'PUT /update-webhook-delivery',
      'PUT /update-webhook-disconnected',
      'PUT /update-webhook-message-status',
      'PUT /update-webhook-passkey',
      'PUT /update-webhook-received',
      'PUT /update-webhook-received-delivery',
    ])
  })

  it('what the partner changes needs the owner, and what the partner reads is a reading', () => {
    expect(ofPartner.length).toBeGreaterThan(15)
    for (const call of ofPartner)
      expect([call.paths[0], needOf(call)]).toEqual([
        call.paths[0],
        call.method === 'GET' ? 'read' : 'owner',
      ])
  })

  it('every call that sends, cancels or checks a code needs the scope send, and no other does', () => {
    const sends = callsWith('send')
    expect(sends).toEqual(
      expect.arrayContaining([
        'DELETE /messages',
        'DELETE /queue',
        'DELETE /queue/:zaapId',
        'POST /forward-message',
        'POST /otp/check',
        'POST /otp/start',
        'POST /send-text',
      ]),
    )
    const named = possible
      .map(({ method, paths }) => `${method} ${paths[0]}`)
      .filter((call) => call.startsWith('POST /send-') && call !== 'POST /send-chat-expiration')
    expect(named.length).toBeGreaterThan(20)
    expect(sends).toEqual(expect.arrayContaining(named))
    const others = sends.filter((call) => !/^POST \/(?:send|reply|otp|order)-|^DELETE/u.test(call))
    expect(others).toEqual([
      'POST /forward-message',
      'POST /otp/check',
      'POST /otp/start',
      'POST /pin-message',
      'POST /read-message',
    ])
  })

  it('everything else of an instance is a change of it', () => {
    expect(callsWith('manage', ofInstance)).toEqual(
      expect.arrayContaining([
        'DELETE /contacts/remove',
        'POST /callbacks/receivers/test',
        'POST /modify-chat',
        'PUT /update-queue-settings',
      ]),
    )
  })
})

describe('what a call needs that is not there yet', () => {
  const [base] = ofInstance.filter(({ paths }) => paths[0] === '/queue/count')
  if (base === undefined) throw new Error('there is such a call')
  const object = Type.Object({})

  it.each([
    ['a GET that leaves no record', { method: 'GET', audit: undefined }, 'read'],
    ['any other call that leaves no record', { method: 'POST', audit: undefined }, 'manage'],
    ['a POST that asks with its body', { audit: { none: '' }, schema: { body: object } }, 'read'],
    ['a POST without a body', { audit: { none: '' }, schema: {} }, 'manage'],
    ['a POST of a list', { audit: { none: '' }, schema: { body: Type.Array(object) } }, 'manage'],
    [
      'a call that people leave a record of',
      { audit: { none: '', byPeople: 'chat-changed' }, schema: { body: object } },
      'manage',
    ],
    ['a record that depends on the call', { audit: () => 'chat-changed' }, 'manage'],
    ['a GET that gives a secret', { method: 'GET', givesSecrets: true }, 'owner'],
  ] as const)('%s', (_, part, need) => {
    expect(needOf({ ...base, method: 'POST', paths: ['/new'], ...part })).toBe(need)
  })
})

describe('what an agent may do', () => {
  it('is what a key with the scopes read and send may, and nothing of the partner', () => {
    for (const call of ofInstance) {
      const need = needOf(call)
      const may = call.schema.hide !== true && (need === 'read' || need === 'send')
      expect([call.paths[0], agentScopeOf(call)]).toEqual([call.paths[0], may ? need : undefined])
    }
    for (const call of ofPartner) expect(agentScopeOf(call)).toBeUndefined()
  })

  it('is none of the calls that a linked device cannot do, or that the API document leaves out', () => {
    const read = endpoints.find(({ paths }) => paths[0] === '/queue/count')
    if (read === undefined) throw new Error('there is such a call')
    expect(agentScopeOf(read)).toBe('read')
    expect(agentScopeOf({ ...read, impossible: 'no linked device can' })).toBeUndefined()
    expect(agentScopeOf({ ...read, schema: { ...read.schema, hide: true } })).toBeUndefined()
  })
})
