/**
 * `xmlns=w:sync:app:state`: settings that the devices of an account share.
 *
 * The server keeps the patches of each collection in their order and can read
 * none of them; a device that is behind asks for those after its own version.
 */

import { type BinaryNode, proto } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Network } from '../network.js'
import { bytesOf, childrenOf, stanza } from '../wire/stanza.js'
import type { IqCall } from './iq-call.js'

export function syncSettings({ request, device, network, afterReply }: IqCall): BinaryNode[] {
  const collections = childrenOf(request, 'collection').map((collection) => {
    const { name = '', version = '0' } = collection.attrs
    const patches = childrenOf(collection, 'patch')
    const kept = patchesOf(device.account, name)
    if (patches.length === 0) return answer(name, Number(version), kept)
    // Somebody else was faster: the device has to catch up first.
    if (Number(version) !== kept.length) return conflict(name, kept.length)
    for (const patch of patches) kept.push(numbered(patch, kept.length + 1))
    afterReply(() => tellOthers(name, kept.length, device, network))
    return stanza('collection', { name, version: kept.length.toString() })
  })
  return [stanza('sync', {}, collections)]
}

function patchesOf(account: Account, name: string): Uint8Array[] {
  const kept = account.settings.get(name) ?? []
  account.settings.set(name, kept)
  return kept
}

function answer(name: string, version: number, kept: readonly Uint8Array[]): BinaryNode {
  const patches = kept.slice(version).map((patch) => stanza('patch', {}, patch))
  const attrs = { name, version: kept.length.toString(), has_more_patches: 'false' }
  return stanza('collection', attrs, [stanza('patches', {}, patches)])
}

function conflict(name: string, version: number): BinaryNode {
  const error = stanza('error', { code: '409', text: 'conflict' })
  return stanza('collection', { name, version: version.toString(), type: 'error' }, [error])
}

function numbered(patch: BinaryNode, version: number): Uint8Array {
  const decoded = proto.SyncdPatch.decode(bytesOf(patch) ?? new Uint8Array())
  decoded.version = proto.SyncdVersion.fromObject({ version })
  return proto.SyncdPatch.encode(decoded).finish()
}

function tellOthers(name: string, version: number, from: Device, network: Network): void {
  const { account } = from
  for (const device of account.devices.values()) {
    if (device === from) continue
    const collection = stanza('collection', { name, version: version.toString() })
    device.deliver(network.notification('server_sync', { from: account.jid('pn') }, [collection]))
  }
}
