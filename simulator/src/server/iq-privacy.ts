/** `xmlns=privacy`, `blocklist`, `spam` and `disappearing_mode`: what an account shows, blocks and reports. */

import { randomBytes } from 'node:crypto'
import { type BinaryNode, isLidUser, proto } from 'baileys'
import type { Account } from '../account.js'
import { bytesOf, childOf, childrenOf, secondsOf, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

/** All settings, or the list of one. */
export function listPrivacy({ request, device }: IqCall): BinaryNode[] {
  const { privacy } = device.account
  const asked = childOf(request, 'list')
  if (asked === undefined) {
    const settings = [...privacy.values]
    const categories = settings.map(([name, value]) => stanza('category', { name, value }))
    return [stanza('privacy', {}, categories)]
  }
  const { name = '', value } = asked.attrs
  const users = [...privacy.list(name)].map((account) =>
    stanza('user', { jid: account.jid('lid') }),
  )
  const attrs = { name, value, dhash: privacy.hashOf(name) }
  return [stanza('privacy', {}, [stanza('list', attrs, users)])]
}

/** A change of a list names the list that it was made for; 409 when that is another one by now. */
export function setPrivacy(call: IqCall): BinaryNode[] {
  const { request, device } = call
  const { privacy } = device.account
  const category = childOf(request, 'category')
  const { name = '', value = '', dhash } = category?.attrs ?? {}
  const users = childrenOf(category, 'user')
  if (value === 'contact_blacklist' && dhash !== undefined && dhash !== privacy.hashOf(name))
    throw new IqError(409, 'conflict')
  const list = privacy.list(name)
  const people = users.map(({ attrs }) => named(attrs['jid'], call))
  if (!privacy.set(name, value)) throw new IqError(400, 'bad-request')
  for (const [index, account] of people.entries())
    if (users[index]?.attrs['action'] === 'add') list.add(account)
    else list.delete(account)
  const now = stanza('category', { name, value, dhash: privacy.hashOf(name) })
  tellOthers(call, stanza('privacy', {}, [now]))
  return [stanza('privacy', {}, [now])]
}

export function listBlocked({ device }: IqCall): BinaryNode[] {
  const items = [...device.account.blocked].map((account) =>
    stanza('item', { jid: account.jid('lid') }),
  )
  return [stanza('list', {}, items)]
}

/** A block request names the number beside the LID (Baileys 7 requires it). */
export function changeBlocked(call: IqCall): BinaryNode[] {
  const { request, device } = call
  const { action, jid, pn_jid: number } = request?.attrs ?? {}
  const account = named(jid, call)
  if (action === 'block' && call.network.accountOf(number) !== account)
    throw new IqError(400, 'bad-request')
  if (action === 'block') device.account.blocked.add(account)
  else device.account.blocked.delete(account)
  tellOthers(call, stanza('blocklist', {}, [stanza('item', { jid, action })]))
  return [stanza('list', {}, [])]
}

/** Takes a report with the messages that it is about, whole. */
export function takeReport({ request, device, network }: IqCall): BinaryNode[] {
  const messages = childrenOf(request, 'message')
  if (messages.length === 0) throw new IqError(400, 'bad-request')
  for (const message of messages) {
    const raw = bytesOf(childOf(message, 'raw'))
    const reported = network.accountOf(message.attrs['from'])
    if (raw === undefined || reported === undefined || !message.attrs['id'] || !message.attrs['t'])
      throw new IqError(400, 'bad-request')
    network.reports.push({
      by: device.account,
      reported,
      messageId: message.attrs['id'],
      message: proto.Message.decode(raw),
    })
  }
  return [stanza('report_id', {}, Buffer.from(randomBytes(8).toString('hex')))]
}

export function setDefaultTimer(call: IqCall): BinaryNode[] {
  const { request, device, network } = call
  const seconds = Number(request?.attrs['duration'])
  if (![0, 86_400, 604_800, 7_776_000].includes(seconds)) throw new IqError(400, 'bad-request')
  device.account.defaultTimer = seconds
  const attrs = { duration: seconds.toString(), t: secondsOf(network.now()) }
  tellOthers(call, stanza('disappearing_mode', attrs))
  return []
}

function named(jid: string | undefined, { network }: IqCall): Account {
  const account = isLidUser(jid) ? network.accountOf(jid) : undefined
  if (account === undefined) throw new IqError(400, 'bad-request')
  return account
}

function tellOthers({ device, network, afterReply }: IqCall, about: BinaryNode): void {
  const { account } = device
  afterReply(() => {
    for (const other of account.devices.values()) {
      if (other === device) continue
      other.deliver(network.notification('account_sync', { from: account.jid('pn') }, [about]))
    }
  })
}
