/** `xmlns=encrypt`: devices leave their public Signal keys here, and senders fetch them. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import { childOf, childrenOf, SERVER_JID, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'
import { type KeyBundle, readKeyUpload } from './key-bundle.js'

/** Below this many one-time keys the device is told to upload more. */
const LOW = 5

export function countKeys({ device }: IqCall): BinaryNode[] {
  return [stanza('count', { value: (device.keys?.count ?? 0).toString() })]
}

export function uploadKeys({ iq, device }: IqCall): BinaryNode[] {
  const upload = readKeyUpload(iq)
  if (upload === undefined) throw new IqError(406, 'not-acceptable')
  const { bundle, signedPreKey, keys } = upload
  const known = device.keys
  const same = known !== undefined && Buffer.from(known.identity).equals(bundle.identity)
  if (same) known.rotate(signedPreKey)
  else device.keys = bundle
  device.keys?.add(keys)
  device.warnedOfLowKeys = false
  return []
}

export function rotateKey({ request, device }: IqCall): BinaryNode[] {
  const signedPreKey = childOf(request, 'skey')
  if (signedPreKey === undefined) throw new IqError(400, 'no signed key')
  keysOf(device).rotate(signedPreKey)
  return []
}

export function digestKeys({ device }: IqCall): BinaryNode[] {
  return [keysOf(device).digest()]
}

export function fetchKeys({ request, network, faults }: IqCall): BinaryNode[] {
  const users = childrenOf(request, 'user').map((user) => bundleFor(user.attrs['jid'], network))
  if (faults.isForged('signed-prekey')) for (const user of users) forgeSignature(user)
  return [stanza('list', {}, users)]
}

/** In place: the stanza is the answer's own, its signature is not. */
function forgeSignature(user: BinaryNode): void {
  const signedPreKey = childOf(user, 'skey')
  if (signedPreKey === undefined || !Array.isArray(user.content)) return
  const forged = childrenOf(signedPreKey).map((part) =>
    part.tag === 'signature' ? stanza('signature', {}, randomBytes(64)) : part,
  )
  user.content[user.content.indexOf(signedPreKey)] = stanza('skey', {}, forged)
}

function bundleFor(jid: string | undefined, network: Network): BinaryNode {
  const device = network.deviceOf(jid)
  if (device?.keys === undefined) {
    return stanza('user', { jid }, [stanza('error', { code: '404', text: 'item-not-found' })])
  }
  const content = device.keys.take()
  warnWhenLow(device, network)
  return stanza('user', { jid }, content)
}

/** Tells a device once that its one-time keys run out. */
function warnWhenLow(device: Device, network: Network): void {
  const count = device.keys?.count ?? 0
  if (count >= LOW || device.warnedOfLowKeys) return
  device.warnedOfLowKeys = true
  const content = [stanza('count', { value: count.toString() })]
  device.deliver(network.notification('encrypt', { from: SERVER_JID }, content))
}

function keysOf(device: Device): KeyBundle {
  if (device.keys === undefined) throw new IqError(404, 'no keys')
  return device.keys
}
