/** Passes on calls and their refusals. No voice is transmitted: a call rings until one side ends it. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import { childrenOf, idOf, secondsOf, stanza } from '../wire/stanza.js'

/** Returns the acknowledgement. */
export function takeCall(call: BinaryNode, from: Device, network: Network): BinaryNode {
  const { to } = call.attrs
  const steps = childrenOf(call)
  const link = steps.find(({ tag }) => tag === 'link_create')
  if (link !== undefined) return linkTo(link, idOf(call))
  const answer = steps.find(({ tag }) => tag === 'reject' || tag === 'accept')
  const passedOn = stanza(
    'call',
    {
      from: from.jid('lid'),
      id: idOf(call),
      t: secondsOf(network.now()),
      notify: from.account.name,
    },
    call.content,
  )
  const called = network.accountOf(to)
  const isBlocked = called?.blocked.has(from.account) === true
  for (const device of called?.devices.values() ?? []) if (!isBlocked) device.deliver(passedOn)
  // An answer on one device ends the ringing on all of them.
  if (answer !== undefined) tellOwnDevices(answer, from, network)
  const type = (answer ?? steps[0])?.tag
  return stanza('ack', { class: 'call', id: idOf(call), from: to, type })
}

/** Joining is not supported: the link is only shown in an event. */
function linkTo({ attrs: { media } }: BinaryNode, id: string): BinaryNode {
  const token = randomBytes(16).toString('base64url')
  return stanza('ack', { class: 'call', id, from: '@call', type: 'link_create' }, [
    stanza('link_create', { media, token }),
  ])
}

function tellOwnDevices(answer: BinaryNode, from: Device, network: Network): void {
  const isTaken = answer.tag === 'accept'
  const reason = isTaken ? 'accepted_elsewhere' : 'rejected_elsewhere'
  const attrs = { ...answer.attrs, reason }
  for (const device of from.account.devices.values()) {
    if (device === from) continue
    const address = { from: answer.attrs['call-creator'], t: secondsOf(network.now()) }
    const id = `${answer.attrs['call-id'] ?? ''}-${device.number}`
    device.deliver(stanza('call', { ...address, id }, [stanza('terminate', attrs)]))
  }
}
