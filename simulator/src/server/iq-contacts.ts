/** `xmlns=usync`: who is on WhatsApp, under which LID, with which devices. */

import { type BinaryNode, jidEncode, jidNormalizedUser } from 'baileys'
import type { Account } from '../account.js'
import type { Network } from '../network.js'
import { bytesOf, childOf, childrenOf, secondsOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

export function syncUsers({ request, device, network, faults }: IqCall): BinaryNode[] {
  const asked = childrenOf(childOf(request, 'query')).map((protocol) => protocol.tag)
  const users = childrenOf(childOf(request, 'list'), 'user')
  const list = users.flatMap((user) => {
    const account = personAsked(user, network)
    if (faults.isUnmentioned(account?.phone ?? dialledIn(user) ?? '')) return []
    const found = account !== undefined && !faults.isHidden(account.phone)
    return found
      ? answerFor(user, asked, account, { network, asker: device.account })
      : notFound(user, asked)
  })
  return [stanza('usync', request?.attrs, [stanza('result'), stanza('list', {}, list)])]
}

interface Surroundings {
  readonly network: Network
  readonly asker: Account
}

function personAsked(user: BinaryNode, network: Network): Account | undefined {
  const dialled = dialledIn(user)
  return dialled ? network.byDialledNumber(dialled) : network.accountOf(user.attrs['jid'])
}

function dialledIn(user: BinaryNode): string | undefined {
  return textOf(childOf(user, 'contact'))?.replace(/^\+/, '')
}

function notFound(user: BinaryNode, asked: readonly string[]): BinaryNode[] {
  const dialled = dialledIn(user)
  const jid = dialled ? jidEncode(dialled, 's.whatsapp.net') : user.attrs['jid']
  const answer = asked.includes('contact') ? [stanza('contact', { type: 'out' })] : []
  return [stanza('user', { jid }, answer)]
}

function answerFor(
  user: BinaryNode,
  asked: readonly string[],
  account: Account,
  surroundings: Surroundings,
): BinaryNode[] {
  const { jid } = user.attrs
  const askedByLid = jid?.endsWith('@lid') === true
  const answerJid = jid === undefined ? account.jid('pn') : jidNormalizedUser(jid)
  const answers = asked.flatMap((protocol) => {
    // If the query was a LID, naming that LID would make a client map it to itself.
    const hidesLid = askedByLid || !account.showsLid
    return protocol === 'lid' && hidesLid ? [] : [answerTo(protocol, account, user, surroundings)]
  })
  return [stanza('user', { jid: answerJid }, answers)]
}

function answerTo(
  protocol: string,
  account: Account,
  user: BinaryNode,
  { network, asker }: Surroundings,
): BinaryNode {
  switch (protocol) {
    case 'contact':
      return stanza('contact', { type: 'in' }, bytesOf(childOf(user, 'contact')))
    case 'devices':
      return stanza('devices', {}, deviceList(account, network))
    case 'lid':
      return stanza('lid', { val: account.jid('lid') })
    case 'status':
      return account.privacy.isShown('status', asker)
        ? stanza('status', { t: secondsOf(network.now()) }, Buffer.from(account.about))
        : stanza('status', { code: '401', type: 'fail' })
    case 'disappearing_mode':
      return stanza('disappearing_mode', { duration: account.defaultTimer.toString(), t: '0' })
    default:
      throw new IqError(501, `usync ${protocol}`)
  }
}

function deviceList(account: Account, network: Network): BinaryNode[] {
  const devices = [...account.devices.values()].map(({ number }) => {
    const keyIndex = number === 0 ? undefined : number.toString()
    return stanza('device', { id: number.toString(), 'key-index': keyIndex })
  })
  return [
    stanza('device-list', {}, devices),
    stanza('key-index-list', { ts: secondsOf(network.now()) }, Buffer.alloc(4)),
  ]
}
