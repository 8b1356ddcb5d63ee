/**
 * The keys behind the simulator's Noise handshake: an own root instead of WhatsApp's.
 *
 * A client trusts it by replacing Baileys' exported `WA_CERT_DETAILS.PUBLIC_KEY`.
 * Stored in a file, the root survives a restart of the simulator, so clients
 * need to be told only once.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Curve, type KeyPair, proto, WA_CERT_DETAILS } from 'baileys'

export interface RootOfTrust {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** The key that the server proves to own in each handshake. */
  readonly serverKey: KeyPair
  /** Root → intermediate → server key, as the server sends it. */
  readonly certificateChain: Uint8Array
}

/** Reads the root from the file, or makes one (and stores it with mode 0600 when a file is given). */
export async function openRootOfTrust(file?: string): Promise<RootOfTrust> {
  if (file === undefined) return certify(Curve.generateKeyPair())
  const stored = await readRoot(file)
  if (stored !== undefined) return certify(stored)

  const root = Curve.generateKeyPair()
  await mkdir(dirname(file), { recursive: true })
  const text = JSON.stringify({ private: base64(root.private), public: base64(root.public) })
  await writeFile(file, text, { mode: 0o600, flag: 'wx' })
  return certify(root)
}

async function readRoot(file: string): Promise<KeyPair | undefined> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (!isStoredRoot(stored)) throw new Error(`${file} holds no root key`)
    return {
      private: Buffer.from(stored.private, 'base64'),
      public: Buffer.from(stored.public, 'base64'),
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function isStoredRoot(value: unknown): value is { private: string; public: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'private' in value &&
    typeof value.private === 'string' &&
    'public' in value &&
    typeof value.public === 'string'
  )
}

function certify(root: KeyPair): RootOfTrust {
  const intermediate = Curve.generateKeyPair()
  const serverKey = Curve.generateKeyPair()
  const chain = proto.CertChain.encode({
    intermediate: certificate(root, intermediate.public, 1, WA_CERT_DETAILS.SERIAL),
    leaf: certificate(intermediate, serverKey.public, 2, 1),
  }).finish()
  return { publicKey: root.public, serverKey, certificateChain: chain }
}

function certificate(issuer: KeyPair, key: Uint8Array, serial: number, issuerSerial: number) {
  const details = proto.CertChain.NoiseCertificate.Details.encode({
    serial,
    issuerSerial,
    key,
  }).finish()
  return { details, signature: Curve.sign(issuer.private, details) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
