/**
 * The lines of a cart. They are not in the message: WhatsApp tells them to
 * a client that asks for the order with the token that came with it.
 *
 * Strangers send carts, so what asking costs is bounded in time, number and size.
 */

import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  getBinaryNodeChildString,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { CartLine, IncomingContent } from '../../domain/incoming-content.js'

type Cart = Extract<IncomingContent, { kind: 'cart' }>

const answerMs = 4_000
const mostAtOnce = 4
const mostLines = 200
const mostLetters = 1_000

export class OrderLines {
  readonly #sock: Pick<WASocket, 'query'>
  #asked = 0

  constructor(sock: Pick<WASocket, 'query'>) {
    this.#sock = sock
  }

  /** `undefined` where WhatsApp does not say, says no, or takes too long. Never throws. */
  async linesOf({ orderId, token }: Cart): Promise<readonly CartLine[] | undefined> {
    if (orderId === '' || token === '' || this.#asked >= mostAtOnce) return undefined
    this.#asked += 1
    try {
      const answer: unknown = await this.#sock.query(question(orderId, token), answerMs)
      return isNode(answer) ? linesIn(answer) : undefined
    } catch {
      return undefined
    } finally {
      this.#asked -= 1
    }
  }
}

const text = (tag: string, content: string): BinaryNode => ({
  tag,
  attrs: {},
  content: Buffer.from(content),
})

/** As Baileys' `getOrderDetails` asks, whose answer lacks the seller's own numbers. */
function question(id: string, token: string): BinaryNode {
  const size = [text('width', '100'), text('height', '100')]
  const order = {
    tag: 'order',
    attrs: { op: 'get', id },
    content: [{ tag: 'image_dimensions', attrs: {}, content: size }, text('token', token)],
  }
  const attrs = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'fb:thrift_iq', smax_id: '5' }
  return { tag: 'iq', attrs, content: [order] }
}

function linesIn(answer: BinaryNode): readonly CartLine[] | undefined {
  const order = getBinaryNodeChild(answer, 'order')
  if (order === undefined) return undefined
  return getBinaryNodeChildren(order, 'product')
    .slice(0, mostLines)
    .map((product) => ({
      productId: textOf(product, 'id'),
      retailerId: textOf(product, 'retailer_id'),
      name: textOf(product, 'name'),
      quantity: numberOf(product, 'quantity'),
      currency: textOf(product, 'currency'),
      price: numberOf(product, 'price'),
    }))
}

function textOf(product: BinaryNode, tag: string): string {
  return (getBinaryNodeChildString(product, tag) ?? '').slice(0, mostLetters)
}

function numberOf(product: BinaryNode, tag: string): number {
  const value = Number(textOf(product, tag))
  return Number.isFinite(value) ? value : 0
}

function isNode(answer: unknown): answer is BinaryNode {
  return typeof answer === 'object' && answer !== null && 'tag' in answer
}
