/**
 * `xmlns=w:sync:app:state`: what the devices of an account share of chats, contacts and settings.
 *
 * The server keeps the patches of each collection in their order and can read none of them. A device
 * that is behind asks for those after its own version, a new one for a snapshot.
 */

import { type BinaryNode, proto } from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import { bytesOf, childrenOf, stanza } from '../wire/stanza.js'
import { type Collection, externalBlob } from './collection.js'
import type { IqCall } from './iq-call.js'

const patchesAtOnce = 50

export function syncAppState(call: IqCall): BinaryNode[] {
  const { request, device, network, afterReply } = call
  const collections = childrenOf(request, 'collection').map((asked) => {
    const { name = '', version = '0' } = asked.attrs
    const kept = device.account.collection(name)
    const patches = childrenOf(asked, 'patch')
    if (patches.length === 0) return answer(asked, kept, call)
    // Another device was faster: this one has to catch up first.
    if (Number(version) !== kept.version) return conflict(name, kept.version)
    for (const patch of patches) kept.add(bytesOf(patch) ?? new Uint8Array())
    afterReply(() => tellOthers(name, kept.version, device, network))
    return stanza('collection', { name, version: kept.version.toString() })
  })
  return [stanza('sync', {}, collections)]
}

function answer(asked: BinaryNode, kept: Collection, { publish }: IqCall): BinaryNode {
  const { name = '', version = '0', return_snapshot: wantsSnapshot } = asked.attrs
  const attrs = { name, version: kept.version.toString() }
  if (wantsSnapshot === 'true' && kept.version > 0) {
    const blob = proto.ExternalBlobReference.encode(externalBlob(kept.snapshot(), publish)).finish()
    return stanza('collection', { ...attrs, has_more_patches: 'false' }, [
      stanza('snapshot', {}, blob),
    ])
  }
  const { patches, hasMore } = kept.after(Number(version), patchesAtOnce)
  const nodes = patches.map((patch) => stanza('patch', {}, patch))
  return stanza('collection', { ...attrs, has_more_patches: String(hasMore) }, [
    stanza('patches', {}, nodes),
  ])
}

function conflict(name: string, version: number): BinaryNode {
  const error = stanza('error', { code: '409', text: 'conflict' })
  return stanza('collection', { name, version: version.toString(), type: 'error' }, [error])
}

function tellOthers(name: string, version: number, from: Device, network: Network): void {
  const { account } = from
  for (const device of account.devices.values()) {
    if (device === from) continue
    const collection = stanza('collection', { name, version: version.toString() })
    device.deliver(network.notification('server_sync', { from: account.jid('pn') }, [collection]))
  }
}
