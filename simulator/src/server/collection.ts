/**
 * One collection of an account's app state, as the server keeps it: the patches in their order, and the
 * record that each index has now. Both are encrypted; the server sees operations and MACs alone.
 */

import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { proto } from 'baileys'

const { REMOVE } = proto.SyncdMutation.SyncdOperation

/** Where a device stands that asks, and what it gets. */
export interface Behind {
  readonly patches: readonly Uint8Array[]
  readonly hasMore: boolean
}

export class Collection {
  readonly #patches: Uint8Array[] = []
  readonly #records = new Map<string, proto.ISyncdRecord>()
  #last: proto.ISyncdPatch | undefined

  get version(): number {
    return this.#patches.length
  }

  /** The next patch gets the next number. Throws when it is none. */
  add(bytes: Uint8Array): void {
    const patch = proto.SyncdPatch.decode(bytes)
    patch.version = proto.SyncdVersion.fromObject({ version: this.version + 1 })
    this.#patches.push(proto.SyncdPatch.encode(patch).finish())
    this.#last = patch
    for (const { operation, record } of patch.mutations) {
      const index = Buffer.from(record?.index?.blob ?? []).toString('base64')
      if (operation === REMOVE) this.#records.delete(index)
      else if (record) this.#records.set(index, record)
    }
  }

  /** What came after this version, so many at once. */
  after(version: number, most: number): Behind {
    const patches = this.#patches.slice(version, version + most)
    return { patches, hasMore: version + patches.length < this.version }
  }

  /** The records of now, with the MAC that the device made that wrote last. */
  snapshot(): Uint8Array {
    return proto.SyncdSnapshot.encode({
      version: { version: this.version },
      records: [...this.#records.values()],
      mac: this.#last?.snapshotMac ?? null,
      keyId: this.#last?.keyId ?? null,
    }).finish()
  }
}

/** Encrypts a file of the app state as WhatsApp's media are. `publish` gives the URL where it lies. */
export function externalBlob(
  file: Uint8Array,
  publish: (encrypted: Buffer) => string,
): proto.IExternalBlobReference {
  const mediaKey = randomBytes(32)
  const keys = Buffer.from(
    hkdfSync('sha256', mediaKey, Buffer.alloc(32), 'WhatsApp App State Keys', 112),
  )
  const iv = keys.subarray(0, 16)
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), iv)
  const ciphertext = Buffer.concat([cipher.update(file), cipher.final()])
  const seal = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(ciphertext).digest()
  const encrypted = Buffer.concat([ciphertext, seal.subarray(0, 10)])
  return {
    mediaKey,
    directPath: new URL(publish(encrypted)).pathname,
    fileSizeBytes: file.length,
    fileSha256: hashOf(file),
    fileEncSha256: hashOf(encrypted),
  }
}

function hashOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
