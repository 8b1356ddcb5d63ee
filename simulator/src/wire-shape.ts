/**
 * What WhatsApp's server makes of a message by the `<biz>` beside its encrypted content.
 *
 * The server can not read the content, so the shape of that node decides alone
 * whether a message with buttons is delivered, refused or quietly lost. What the
 * receiving clients then show of it is `screen.ts`.
 */

import type { BinaryNode } from 'baileys'
import { type Evidence, evidence } from './evidence.js'
import type { Verdict } from './model.js'
import { childrenOf } from './wire/stanza.js'

export type Judgement = Verdict & { readonly evidence: Evidence }

/** Flow names that the server answers with an error, although `mixed` carries the same buttons. */
const refusedNames: ReadonlyMap<string, number> = new Map([
  ['cta_url', 473],
  ['call_permission_request', 473],
  ['payment_info', 473],
  ['open_webview', 405],
  ['galaxy_message', 405],
])

/** Flow names under which a message is acknowledged and reaches nobody. */
const droppedNames: ReadonlySet<string> = new Set(['cta_copy', 'quick_reply'])

/** A message without `<biz>`, or with a shape that nobody has reported on, is accepted. */
export function judge(stanza: BinaryNode): Judgement {
  const bizNodes = childrenOf(stanza, 'biz')
  if (bizNodes.length === 0) return { kind: 'accept', evidence: evidence.bizShapes }

  const judgements = bizNodes.map(judgeBiz)
  const fatal = judgements.find(({ kind }) => kind !== 'accept')
  if (fatal) return fatal
  const [only, ...others] = judgements
  if (only === undefined || others.length > 0) return { kind: 'accept', evidence: evidence.twoBiz }
  return only
}

function judgeBiz(biz: BinaryNode): Judgement {
  if (childrenOf(biz, 'buttons').length > 0) {
    return { kind: 'refuse', code: 405, evidence: evidence.bizShapes }
  }
  const interactives = childrenOf(biz, 'interactive')
  if (interactives.some((each) => childrenOf(each, 'native_flow').length === 0)) {
    return { kind: 'refuse', code: 479, evidence: evidence.bizShapes }
  }
  const names = interactives
    .flatMap((each) => childrenOf(each, 'native_flow'))
    .map(({ attrs }) => attrs['name'] ?? '')
  const unfit = names.map(judgeFlowName).find((judgement) => judgement !== undefined)
  if (unfit) return unfit

  if (names.length === 0 || names.some((name) => name !== 'mixed')) {
    return { kind: 'accept', evidence: evidence.ours }
  }
  const isMinimal = Object.keys(biz.attrs).length === 0
  return { kind: 'accept', evidence: isMinimal ? evidence.minimalBiz : evidence.unwrapped }
}

/** Undefined when nothing is known against the name. */
function judgeFlowName(name: string): Judgement | undefined {
  const code = refusedNames.get(name)
  if (code !== undefined) return { kind: 'refuse', code, evidence: evidence.literalNames }
  if (droppedNames.has(name)) return { kind: 'drop', evidence: evidence.droppedNames }
  return undefined
}
