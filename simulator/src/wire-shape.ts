/**
 * What WhatsApp's server makes of a message by the `<biz>` beside its encrypted content.
 *
 * The server cannot read the content, so the shape of that node decides alone
 * whether a message with buttons is delivered, refused or quietly lost. What the
 * receiving clients then show of it is `screen.ts`.
 */

import type { BinaryNode } from 'baileys'
import { type Evidence, evidence } from './evidence.js'
import type { Verdict } from './fault-port.js'
import { childOf, childrenOf } from './wire/stanza.js'

export type Judgement = Verdict & { readonly evidence: Evidence }

/** Flow names that the server answers with an error, although `mixed` carries the same buttons. */
const refusedNames: ReadonlyMap<string, number> = new Map([
  ['cta_url', 473],
  ['call_permission_request', 473],
  ['open_webview', 405],
  ['galaxy_message', 405],
])

/** Flow names under which a message is acknowledged and not delivered. */
const droppedNames: ReadonlySet<string> = new Set(['cta_copy', 'quick_reply'])

/** A message without `<biz>`, or with a shape without a report, is accepted. */
export function judge(stanza: BinaryNode): Judgement {
  const unexpected = judgeAttributes(stanza)
  if (unexpected) return unexpected
  const bizNodes = childrenOf(stanza, 'biz')
  const unfit = judgeMediatype(stanza.attrs['type'], mediatypeOf(stanza), bizNodes)
  if (unfit) return unfit
  if (bizNodes.length === 0) return { kind: 'accept', evidence: evidence.bizShapes }

  const judgements = bizNodes.map(judgeBiz)
  const fatal = judgements.find(({ kind }) => kind !== 'accept')
  if (fatal) return fatal
  const [only, ...others] = judgements
  if (only === undefined || others.length > 0) return { kind: 'accept', evidence: evidence.twoBiz }
  return only
}

/** What a change says it does: an edit, a pin, its own deletion, that of an administrator. Channels have more. */
const edits: ReadonlySet<string> = new Set(['1', '2', '7', '8'])

/** Attributes that belong to messages of another kind. */
function judgeAttributes(stanza: BinaryNode): Judgement | undefined {
  const { type, edit } = stanza.attrs
  const refused = { kind: 'refuse', code: 479 } as const
  if (edit !== undefined && !edits.has(edit)) return { ...refused, evidence: evidence.ours }
  for (const { attrs } of childrenOf(stanza, 'meta')) {
    if (attrs['status_setting'] !== undefined && type === 'reaction')
      return { ...refused, evidence: evidence.unexpectedMeta }
    const isOfPoll = attrs['polltype'] !== undefined && type !== 'poll'
    const isOfEvent = attrs['event_type'] !== undefined && type !== 'event'
    if (isOfPoll || isOfEvent) return { ...refused, evidence: evidence.ours }
  }
  return undefined
}

/** What the server does see of the content: the name of its kind on `<enc>`. */
function mediatypeOf(stanza: BinaryNode): string | undefined {
  const encrypted = [
    ...childrenOf(stanza, 'enc'),
    ...childrenOf(childOf(stanza, 'participants'), 'to').flatMap((to) => childrenOf(to, 'enc')),
  ]
  return encrypted.map(({ attrs }) => attrs['mediatype']).find((name) => name !== undefined)
}

/** Undefined when nothing is known against them together. */
function judgeMediatype(
  type: string | undefined,
  mediatype: string | undefined,
  bizNodes: readonly BinaryNode[],
): Judgement | undefined {
  if (type === 'media' && mediatype === undefined) {
    return { kind: 'drop', evidence: evidence.mediatypes }
  }
  const isList = bizNodes.some((biz) => childrenOf(biz, 'list').length > 0)
  if (mediatype === 'list' && !isList) {
    return { kind: 'refuse', code: 479, evidence: evidence.listBiz }
  }
  if (mediatype?.endsWith('_response') && bizNodes.length > 0) {
    return { kind: 'refuse', code: 479, evidence: evidence.bizOnReply }
  }
  return undefined
}

function judgeBiz(biz: BinaryNode): Judgement {
  if (childrenOf(biz, 'list').length > 0) return { kind: 'accept', evidence: evidence.legacyList }
  if (isPayment(biz)) return judgePayment(biz)
  if (childrenOf(biz, 'buttons').length > 0) {
    return { kind: 'refuse', code: 405, evidence: evidence.bizShapes }
  }
  const interactives = childrenOf(biz, 'interactive')
  if (interactives.some((each) => childrenOf(each, 'native_flow').length === 0)) {
    return { kind: 'refuse', code: 479, evidence: evidence.bizShapes }
  }
  const names = flowsOf(biz).map(({ attrs }) => attrs['name'] ?? '')
  const unfit = names.map(judgeFlowName).find((judgement) => judgement !== undefined)
  if (unfit) return unfit

  if (names.length === 0 || names.some((name) => name !== 'mixed')) {
    return { kind: 'accept', evidence: evidence.ours }
  }
  const isMinimal = Object.keys(biz.attrs).length === 0
  return { kind: 'accept', evidence: isMinimal ? evidence.minimalBiz : evidence.unwrapped }
}

/** Pix keys, orders and their updates: they have names of their own, and `mixed` is none of them. */
const paymentNames: ReadonlySet<string> = new Set([
  'payment_info',
  'order_details',
  'order_status',
  'payment_status',
])

/** Whether a message has a Pix key, an order or an update of one. */
export function hasPayment(message: BinaryNode): boolean {
  return childrenOf(message, 'biz').some(isPayment)
}

function isPayment(biz: BinaryNode): boolean {
  const flat = biz.attrs['native_flow_name'] ?? ''
  return (
    paymentNames.has(flat) || flowsOf(biz).some(({ attrs }) => attrs['name'] === 'payment_info')
  )
}

/** Right alone, or as WhatsApp Web writes it: without attributes on `<biz>` and without `v` on the flow. */
function judgePayment(biz: BinaryNode): Judgement {
  if (biz.attrs['native_flow_name'] !== undefined && flowsOf(biz).length === 0) {
    return { kind: 'accept', evidence: evidence.flatPayments }
  }
  const isBare =
    Object.keys(biz.attrs).length === 0 && flowsOf(biz).every(({ attrs }) => !('v' in attrs))
  if (isBare) return { kind: 'accept', evidence: evidence.nestedPix }
  return { kind: 'refuse', code: 473, evidence: evidence.literalNames }
}

function flowsOf(biz: BinaryNode): readonly BinaryNode[] {
  return childrenOf(biz, 'interactive').flatMap((each) => childrenOf(each, 'native_flow'))
}

/** Undefined when nothing is known against the name. */
function judgeFlowName(name: string): Judgement | undefined {
  const code = refusedNames.get(name)
  if (code !== undefined) return { kind: 'refuse', code, evidence: evidence.literalNames }
  if (droppedNames.has(name)) return { kind: 'drop', evidence: evidence.droppedNames }
  return undefined
}
