import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PasskeyAnswer } from '../../domain/passkey.js'
import { passkeyOptionsOf, signedAssertion } from './passkey-answer.js'

const challenge = Buffer.from('a challenge of WhatsApp, with ÿÿÿ').toString('base64url')

interface AnswerParts {
  readonly clientData?: object
  readonly site?: string
  readonly flags?: number
  readonly dataBytes?: number
}

/** What a browser would say, unless `said` differs. */
function answer({
  clientData,
  site = 'whatsapp.com',
  flags = 5,
  dataBytes = 37,
}: AnswerParts = {}) {
  const data = Buffer.concat([
    createHash('sha256').update(site).digest(),
    Buffer.from([flags, 0, 0, 0, 0]),
  ]).subarray(0, dataBytes)
  const said = {
    type: 'webauthn.get',
    challenge,
    origin: 'https://web.whatsapp.com',
    crossOrigin: false,
    ...clientData,
  }
  return {
    rawId: Buffer.from([251, 255, 254, 1]).toString('base64url'),
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(said)).toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: Buffer.alloc(70, 251).toString('base64url'),
      userHandle: Buffer.from('user').toString('base64url'),
    },
  } satisfies PasskeyAnswer
}

function turned(text: string): string {
  return Buffer.from(text, 'base64url').toString('base64')
}

function inBase64(given: ReturnType<typeof answer>): PasskeyAnswer {
  const { clientDataJSON, authenticatorData, signature } = given.response
  return {
    rawId: given.rawId,
    response: {
      clientDataJSON: turned(clientDataJSON),
      authenticatorData: turned(authenticatorData),
      signature: turned(signature),
    },
  }
}

describe('an answer', () => {
  it('goes on the wire with exactly the fields of WhatsApp Web', () => {
    const given = answer()
    const { credentialId, json } = signedAssertion(given, challenge)
    expect(credentialId).toEqual(Buffer.from([251, 255, 254, 1]))
    expect(JSON.parse(json.toString())).toEqual({
      id: given.rawId,
      rawId: given.rawId,
      type: 'public-key',
      response: given.response,
    })
  })

  it('may be in base64 too, and without a user handle', () => {
    const given = answer()
    expect(JSON.parse(signedAssertion(inBase64(given), challenge).json.toString())).toMatchObject({
      response: { ...given.response, userHandle: null },
    })
  })

  it.each<[string, AnswerParts, string]>([
    ['to another challenge', { clientData: { challenge: 'AAAA' } }, 'Another challenge'],
    ['without a challenge', { clientData: { challenge: 7 } }, 'Another challenge'],
    ['by a new passkey', { clientData: { type: 'webauthn.create' } }, 'created and not used'],
    ['of another site', { clientData: { origin: 'https://evil.test' } }, 'web.whatsapp.com'],
    ['from inside a page', { clientData: { crossOrigin: true } }, 'inside another page'],
    ['for another site', { site: 'example.com' }, 'whatsapp.com'],
    ['without a person', { flags: 4 }, 'did not ask for a confirmation'],
    ['by an unknown person', { flags: 1 }, 'did not check who signs'],
    ['that is cut off', { dataBytes: 36 }, 'too short'],
  ])('%s is refused with a sentence', (_what, said, problem) => {
    expect(() => signedAssertion(answer(said), challenge)).toThrow(problem)
  })

  it.each([
    ['rawId', { ...answer(), rawId: '' }],
    ['rawId', { ...answer(), rawId: 'not base64!' }],
    ['rawId', { ...answer(), rawId: Buffer.alloc(1_024).toString('base64') }],
    ['signature', { ...answer(), response: { ...answer().response, signature: '=' } }],
    ['clientDataJSON', { ...answer(), response: { ...answer().response, clientDataJSON: 'AAAA' } }],
    [
      'userHandle',
      { ...answer(), response: { ...answer().response, userHandle: 'A'.repeat(100) } },
    ],
  ])('whose %s will not do is refused, naming it', (field, given) => {
    expect(() => signedAssertion(given, challenge)).toThrow(field)
  })

  it('is quoted in no refusal', () => {
    const origin = 'https://evil.test/secret'
    const refused = () => signedAssertion(answer({ clientData: { origin } }), challenge)
    expect(refused).not.toThrow('evil.test')
  })
})

describe('options', () => {
  const good = { challenge, rpId: 'whatsapp.com', userVerification: 'required', timeout: 600_000 }
  const options = (change: object = {}) =>
    passkeyOptionsOf(Buffer.from(JSON.stringify({ ...good, ...change })))

  it('of WhatsApp are handed on as they are', () => {
    expect(options({ extensions: { uvm: true } })).toEqual({ ...good, extensions: { uvm: true } })
  })

  it.each([
    ['another site', { rpId: 'example.com' }],
    ['no check of who signs', { userVerification: 'preferred' }],
    ['no challenge', { challenge: undefined }],
    ['a short challenge', { challenge: 'AAAA' }],
    ['more than 4096 bytes', { padding: 'x'.repeat(4_096) }],
  ])('with %s are not handed out', (_what, change) => {
    expect(options(change)).toBeUndefined()
  })

  it('that are no JSON object are not handed out', () => {
    expect(passkeyOptionsOf(Buffer.from('[1]'))).toBeUndefined()
    expect(passkeyOptionsOf(Buffer.from('{'))).toBeUndefined()
  })
})
