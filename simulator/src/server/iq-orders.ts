/** `xmlns=fb:thrift_iq`: the content of a cart, for the holder of the cart's token. */

import type { BinaryNode } from 'baileys'
import { childOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

export function describeOrder({ request, network }: IqCall): BinaryNode[] {
  const order = network.order(request?.attrs['id'])
  if (order === undefined) throw new IqError(404, 'item-not-found')
  if (textOf(childOf(request, 'token')) !== order.token) throw new IqError(401, 'not-authorized')
  const products = order.lines.map((line) =>
    stanza(
      'product',
      {},
      Object.entries(line).map(([name, value]) => stanza(name, {}, Buffer.from(String(value)))),
    ),
  )
  return [stanza('order', { id: order.id }, products)]
}
