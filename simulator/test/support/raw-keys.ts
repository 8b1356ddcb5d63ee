/** The public keys of a raw device, in an order that is not Baileys'. */

import type { BinaryNode } from 'baileys'
import { stanza } from '../../src/wire/stanza.js'
import type { RawClient, RawDevice } from './raw-client.js'

/** The parts of an upload, in the alphabetical order of their tags. */
export function rawKeyUpload({ identityKey, signedPreKey, oneTimeKeys }: RawDevice): BinaryNode[] {
  const { keyId, keyPair, signature } = signedPreKey
  return [
    stanza('identity', {}, identityKey.public),
    stanza(
      'list',
      {},
      oneTimeKeys.map((key, index) =>
        stanza('key', {}, [stanza('value', {}, key.public), stanza('id', {}, idBytes(index + 1))]),
      ),
    ),
    stanza('registration', {}, Buffer.from([0, 0, 4, 210])),
    stanza('skey', {}, [
      stanza('signature', {}, signature),
      stanza('value', {}, keyPair.public),
      stanza('id', {}, idBytes(keyId)),
    ]),
    stanza('type', {}, Buffer.from([5])),
  ]
}

export async function uploadRawKeys(client: RawClient, device: RawDevice): Promise<BinaryNode> {
  return client.ask({ xmlns: 'encrypt', type: 'set' }, rawKeyUpload(device))
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntBE(id, 0, 3)
  return bytes
}
