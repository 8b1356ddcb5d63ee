import { DEFAULT_CONNECTION_CONFIG, generateRegistrationNode, initAuthCreds, proto } from 'baileys'
import { describe, expect, it } from 'vitest'
import {
  codeToCompare,
  deviceType,
  encryptedPairingRequest,
  handoffKeyOf,
  handoffProof,
  newCompanionSecrets,
  primaryIdentityOf,
  prologuePayload,
} from './passkey-crypto.js'

/** 32 bytes that count up from `first`. */
function counted(first: number): Buffer {
  return Buffer.from(Array.from({ length: 32 }, (_, index) => (first + index) % 256))
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex')
}

const ref = '2@abc'
const companion = {
  keyPair: {
    private: counted(33),
    public: hex('5869aff450549732cbaaed5e5df9b30a6da31cb0e5742bad5ad4a1a768f1a67b'),
  },
  nonce: counted(65),
}
const primary = {
  publicKey: hex('244fe3b963e899dd295baffce248d3530f3a9a7479ba063002680ebfe7adad49'),
  nonce: counted(129),
}

/** The expected values were computed from the description of the protocol with Python's `cryptography` 48. */
describe('the known answers', () => {
  it('hold for the proof of the one that was scanned', () => {
    const key = handoffKeyOf(counted(1).toString('base64'))
    expect(key.toString('hex')).toBe(
      '6d5631336e8e224412543a97f576889396610c5addf03cf44e8602c27200a92d',
    )
    const payload = prologuePayload(companion, ref)
    expect(Buffer.from(payload).toString('hex')).toBe(
      '0a2b0a205869aff450549732cbaaed5e5df9b30a6da31cb0e5742bad5ad4a1a768f1a67b10011a0532406162631222' +
        '0a20bfc40cdcb6abca0f14460934c20d314664a79924d51bf33a243516a8d0520df6',
    )
    expect(handoffProof(key, payload).toString('hex')).toBe(
      '6d75f6700eaf24905f843459b329a08153e5cfca189b3354eb7f2dc6b0f5cb11',
    )
  })

  it('hold for the code that both screens show', () => {
    expect(codeToCompare(companion.nonce, primary)).toBe('MNTD-BFZR')
  })

  it('hold for the encrypted request', () => {
    const keys = {
      noiseKey: counted(161),
      identityKey: counted(193),
      advSecret: counted(225).toString('base64'),
    }
    const iv = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    const to = { keyPair: companion.keyPair, primary, ref, iv }
    expect(Buffer.from(encryptedPairingRequest(keys, to) ?? []).toString('hex')).toBe(
      '0a766b92294719c7becea399dd2acf883c1683ff381570175ebe111f8b40f30e3d6dedbb668843afdac723e46c06d274' +
        'ce7eb6d6580a3d9ea9042f3dd26a2ca8715bca4c6e003e701872b13975e01e74df09d4231b6486afd4afdd85f34a65b05a' +
        '84707c592ea77c16f1ea6ae9bdd382f63e488f2d55cc32120c000102030405060708090a0b',
    )
  })
})

describe('a code to compare', () => {
  it('has eight characters that are not confused, whatever was drawn', () => {
    for (let round = 0; round < 200; round += 1) {
      const drawn = { publicKey: newCompanionSecrets().keyPair.public, nonce: counted(round) }
      expect(codeToCompare(newCompanionSecrets().nonce, drawn)).toMatch(
        /^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/u,
      )
    }
  })
})

describe("the phone's half", () => {
  it.each([
    ['a short key', { publicKey: counted(1).subarray(1), nonce: counted(2) }],
    ['a long nonce', { publicKey: counted(1), nonce: Buffer.alloc(33) }],
    ['no nonce', { publicKey: counted(1) }],
  ])('with %s is none', (_what, half) => {
    expect(primaryIdentityOf(proto.PrimaryEphemeralIdentity.encode(half).finish())).toBeUndefined()
  })

  it('that is no message of the protocol is none', () => {
    expect(primaryIdentityOf(Buffer.from('0a20ff', 'hex'))).toBeUndefined()
  })

  it('with a key of small order gets no request', () => {
    const keys = { noiseKey: counted(1), identityKey: counted(2), advSecret: '' }
    const zero = { publicKey: Buffer.alloc(32), nonce: counted(3) }
    const { keyPair } = newCompanionSecrets()
    expect(encryptedPairingRequest(keys, { keyPair, primary: zero, ref })).toBeUndefined()
  })
})

it('the kind of device is the one that Baileys registers', () => {
  const { devicePairingData } = generateRegistrationNode(initAuthCreds(), DEFAULT_CONNECTION_CONFIG)
  const props = proto.DeviceProps.decode(devicePairingData?.deviceProps ?? Buffer.alloc(0))
  expect(props.platformType).toBe(deviceType)
})
