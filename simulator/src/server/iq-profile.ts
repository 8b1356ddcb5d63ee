/** What an account shows of itself: picture and about. Its name is one of the settings (`iq-settings.ts`). */

import type { BinaryNode } from 'baileys'
import { bytesOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'
import { setGroupPicture } from './iq-group-changes.js'

/** The limit of WhatsApp's app. */
const LONGEST_ABOUT = 139

export function setAbout({ request, device }: IqCall): BinaryNode[] {
  const about = textOf(request) ?? ''
  if (about.length > LONGEST_ABOUT) throw new IqError(406, 'not-acceptable')
  device.account.about = about
  return []
}

/** A picture of the account itself, or of a group: JPEG, since clients show nothing else. Its other devices hear of it. */
export function setPicture(call: IqCall): BinaryNode[] {
  const { iq, request, device, network, afterReply } = call
  const picture = bytesOf(request)
  if (picture === undefined || !isJpeg(picture)) throw new IqError(406, 'not-acceptable')
  if (iq.attrs['target'] !== undefined) return setGroupPicture(call, iq.attrs['target'], picture)
  const { account } = device
  const id = network.now().toString()
  account.picture = picture
  afterReply(() => {
    for (const other of account.devices.values()) {
      if (other === device) continue
      const content = [stanza('set', { id, author: account.jid('pn') })]
      other.deliver(network.notification('picture', { from: account.jid('pn') }, content))
    }
  })
  return [stanza('picture', { id })]
}

export function findPicture({ iq, device, network, publish }: IqCall): BinaryNode[] {
  const { target } = iq.attrs
  const account = network.accountOf(target)
  if (account?.privacy.isShown('profile', device.account) === false)
    throw new IqError(401, 'not-authorized')
  const picture = (account ?? network.group(target))?.picture
  if (picture === undefined) throw new IqError(404, 'item-not-found')
  return [stanza('picture', { type: 'image', url: publish(Buffer.from(picture)) })]
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8
}
