/** Whether what another gateway stored is a whole session, and the credentials that Recado keeps of it. */

import { createPublicKey } from 'node:crypto'
import {
  type AuthenticationCreds,
  Curve,
  generateSignalPubKey,
  initAuthCreds,
  jidDecode,
} from 'baileys'
import { ImportRefusedError } from '../../domain/errors.js'
import { privateKeyOf } from '../baileys-patches/quick-curve.js'
import { bytesOf, isRecord } from './donor.js'

/** The part of the credentials that cannot be created again. Throws `ImportRefusedError`, which names the first field that is missing. */
export function completeCreds(
  donor: Readonly<Record<string, unknown>>,
  highestPreKeyId: number,
): AuthenticationCreds & { readonly me: NonNullable<AuthenticationCreds['me']> } {
  const me = meIn(donor['me'])
  const noiseKey = pairIn(donor['noiseKey'], 'noiseKey')
  const signedIdentityKey = pairIn(donor['signedIdentityKey'], 'signedIdentityKey')
  const signedPreKey = signedPreKeyIn(donor['signedPreKey'], signedIdentityKey.public)
  const account = accountIn(donor['account'])
  const nextPreKeyId = Math.max(highestPreKeyId + 1, wholeNumber(donor['nextPreKeyId']) ?? 1)
  const { myAppStateKeyId, platform, advSecretKey } = donor
  const fresh = initAuthCreds()
  return {
    ...fresh,
    me,
    noiseKey,
    signedIdentityKey,
    signedPreKey,
    registrationId: required(wholeNumber(donor['registrationId']), 'registrationId'),
    account,
    // Only a pairing needs it.
    advSecretKey: typeof advSecretKey === 'string' ? advSecretKey : fresh.advSecretKey,
    signalIdentities: [
      {
        identifier: { name: me.lid ?? me.id, deviceId: 0 },
        identifierKey: generateSignalPubKey(account.accountSignatureKey),
      },
    ],
    // Keys that were made and not uploaded are made again under new ids.
    nextPreKeyId,
    firstUnuploadedPreKeyId: nextPreKeyId,
    ...(typeof myAppStateKeyId === 'string' ? { myAppStateKeyId } : {}),
    ...(typeof platform === 'string' && platform !== '' ? { platform } : {}),
    // History comes only after pairing: Baileys would wait 20 s for it.
    accountSyncCounter: Math.max(1, wholeNumber(donor['accountSyncCounter']) ?? 0),
    registered: true,
  }
}

/** `n:device@s.whatsapp.net`. whatsmeow before its version 5 wrote `n.0:device@…`. */
export function deviceOf(
  jid: string,
): { readonly user: string; readonly device: number } | undefined {
  const decoded = jidDecode(jid)
  const user = decoded?.user.split('.')[0] ?? ''
  if (decoded?.server !== 's.whatsapp.net' || !/^\d{5,20}$/u.test(user)) return undefined
  return { user, device: decoded.device ?? 0 }
}

/** The public half of an X25519 key, as Signal keeps it: 32 bytes. */
export function publicOf(privateKey: Uint8Array): Buffer {
  const { x = '' } = createPublicKey(privateKeyOf(privateKey)).export({ format: 'jwk' })
  return Buffer.from(x, 'base64url')
}

function meIn(given: unknown): NonNullable<AuthenticationCreds['me']> {
  const me = isRecord(given) ? given : {}
  const id = required(textIn(me['id']), 'me.id')
  const own = deviceOf(id)
  if (own === undefined || own.device === 0)
    throw new ImportRefusedError({ kind: 'no-linked-device' })
  const [lid, name] = [textIn(me['lid']), textIn(me['name'])]
  return {
    id: `${own.user}:${own.device}@s.whatsapp.net`,
    ...(lid === undefined || jidDecode(lid)?.server !== 'lid' ? {} : { lid }),
    ...(name === undefined ? {} : { name }),
  }
}

function pairIn(given: unknown, field: string) {
  const pair = isRecord(given) ? given : {}
  const secret = keyIn(pair['private'], `${field}.private`)
  const open = keyIn(pair['public'], `${field}.public`)
  if (!publicOf(secret).equals(open)) throw new ImportRefusedError({ kind: 'not-a-pair', field })
  return { private: secret, public: open }
}

function signedPreKeyIn(given: unknown, identity: Uint8Array): AuthenticationCreds['signedPreKey'] {
  const key = isRecord(given) ? given : {}
  const keyPair = pairIn(key['keyPair'], 'signedPreKey.keyPair')
  const signature = checked(bytesOf(key['signature']), 'signedPreKey.signature', 64)
  const keyId = required(wholeNumber(key['keyId']), 'signedPreKey.keyId')
  if (!Curve.verify(identity, generateSignalPubKey(keyPair.public), signature))
    throw new ImportRefusedError({ kind: 'wrong-signature' })
  return { keyPair, signature, keyId }
}

/** Baileys writes these bytes as base64, because they are of a protobuf message. */
function accountIn(given: unknown) {
  const account = isRecord(given) ? given : {}
  const field = (name: string, length?: number): Buffer => {
    const value = account[name]
    const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : bytesOf(value)
    return checked(bytes, `account.${name}`, length)
  }
  return {
    details: field('details'),
    accountSignatureKey: field('accountSignatureKey', 32),
    accountSignature: field('accountSignature', 64),
    deviceSignature: field('deviceSignature', 64),
  }
}

/** Signal writes a byte for the type before some public keys. */
function keyIn(given: unknown, field: string): Buffer {
  const bytes = required(bytesOf(given), field)
  const key = bytes.length === 33 && bytes[0] === 5 ? bytes.subarray(1) : bytes
  if (key.length !== 32) throw new ImportRefusedError({ kind: 'wrong-length', field, bytes: 32 })
  return key
}

function checked(bytes: Buffer | undefined, field: string, length?: number): Buffer {
  const found = required(bytes?.length === 0 ? undefined : bytes, field)
  if (length !== undefined && found.length !== length)
    throw new ImportRefusedError({ kind: 'wrong-length', field, bytes: length })
  return found
}

function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new ImportRefusedError({ kind: 'missing', field })
  return value
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined
}
