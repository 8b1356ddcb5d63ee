import { describe, expect, it } from 'vitest'
import { answeredBy, closedBy } from './close-reason.js'

const now = 1_700_000_000_000

function boom(statusCode: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { output: { statusCode }, data })
}

const failure = (code: number, attrs = {}) => boom(code, 'Connection Failure', attrs)
const streamError = (code: number, data?: unknown) => boom(code, 'Stream Errored (x)', data)
const webSocketError = (message: string, code?: string) =>
  boom(408, `WebSocket Error (${message})`, Object.assign(new Error(message), { code }))

describe('a refusal by WhatsApp', () => {
  it.each([
    [401, 'logged-out'],
    [403, 'banned'],
    [406, 'banned'],
    [405, 'outdated'],
    [409, 'outdated'],
    [501, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('with code %i is %s', (code, reason) => {
    expect(closedBy(failure(code), false, now)).toEqual({ reason })
  })

  it('with a code that has no meaning here names it', () => {
    expect(closedBy(failure(418), false, now)).toEqual({ reason: 'login-failed', detail: '418' })
  })

  it.each([
    ['7200', now + 7_200_000],
    ['1700007200', now + 7_200_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('for a while, with expire %s, ends at %s', (expire, until) => {
    expect(closedBy(failure(402, { code: '101', expire }), false, now)).toEqual({
      reason: 'suspended',
      until,
    })
  })
})

describe('an end of the stream', () => {
  it.each([
    [515, 'restart-required'],
    [516, 'logged-out'],
    [503, 'unavailable'],
    [500, 'network'],
  ] as const)('with code %i is %s', (code, reason) => {
    expect(closedBy(streamError(code), true, now)).toEqual({ reason })
  })

  it.each([
    ['replaced', 440, 'replaced'],
    ['device_removed', 401, 'logged-out'],
    // Baileys takes every conflict without a code for 440.
    ['device_removed', 440, 'logged-out'],
    ['unheard_of', 440, 'logged-out'],
  ] as const)('by the conflict %s with code %i is %s', (type, code, reason) => {
    const conflict = { tag: 'conflict', attrs: { type } }
    expect(closedBy(streamError(code, conflict), true, now)).toEqual({ reason })
  })
})

describe('a server that was never reached', () => {
  it.each([
    ['getaddrinfo ENOTFOUND x', 'ENOTFOUND', 'name-not-found'],
    ['getaddrinfo EAI_AGAIN x', 'EAI_AGAIN', 'name-not-found'],
    ['connect ENETUNREACH', 'ENETUNREACH', 'unreachable'],
    ['connect ECONNREFUSED', 'ECONNREFUSED', 'unreachable'],
    ['socket hang up', 'ECONNRESET', 'unreachable'],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
    ['wrong version number', 'EPROTO', 'tls-failed'],
    ['Parse Error', 'HPE_INVALID_CONSTANT', 'blocked'],
  ] as const)('because of %s is told with its code', (message, code, reason) => {
    expect(closedBy(webSocketError(message, code), false, now)).toEqual({ reason, detail: code })
  })

  it('because nothing answered in time is told so', () => {
    const error = webSocketError('Opening handshake has timed out')
    expect(closedBy(error, false, now)).toEqual({ reason: 'unreachable', detail: 'ETIMEDOUT' })
  })

  it.each([401, 403, 407, 440])(
    'because a program in between answered %i says nothing about the number',
    (status) => {
      expect(answeredBy(status)).toEqual({ reason: 'blocked', detail: String(status) })
    },
  )

  it('is only a lost connection once WhatsApp had answered', () => {
    const error = webSocketError('read ECONNRESET', 'ECONNRESET')
    expect(closedBy(error, true, now)).toEqual({ reason: 'network' })
  })
})

describe('an end of another kind', () => {
  it('is a pairing that timed out when all QR codes were shown', () => {
    const error = boom(408, 'QR refs attempts ended')
    expect(closedBy(error, true, now)).toEqual({ reason: 'pairing-timed-out' })
  })

  it('is the network when it has no code, or a code of Baileys', () => {
    const lost = [boom(408, 'Connection was lost'), boom(428, 'Connection Terminated')]
    for (const error of [
      undefined,
      null,
      new Error('x'),
      { output: null },
      { output: {} },
      ...lost,
    ])
      expect(closedBy(error, true, now)).toEqual({ reason: 'network' })
  })
})
