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

  for (const biz of bizNodes) {
    const judgement = judgeBiz(biz)
    if (judgement.kind !== 'accept') return judgement
  }
  if (bizNodes.length > 1) return { kind: 'accept', evidence: evidence.twoBiz }
  return { kind: 'accept', evidence: evidence.bizShapes }
}

function judgeBiz(biz: BinaryNode): Judgement {
  if (childrenOf(biz, 'buttons').length > 0) {
    return { kind: 'refuse', code: 405, evidence: evidence.bizShapes }
  }
  for (const interactive of childrenOf(biz, 'interactive')) {
    const flows = childrenOf(interactive, 'native_flow')
    if (flows.length === 0) return { kind: 'refuse', code: 479, evidence: evidence.bizShapes }
    for (const flow of flows) {
      const judgement = judgeFlowName(flow.attrs['name'])
      if (judgement.kind !== 'accept') return judgement
    }
  }
  return { kind: 'accept', evidence: evidence.bizShapes }
}

function judgeFlowName(name: string | undefined): Judgement {
  if (name === 'mixed') return { kind: 'accept', evidence: evidence.literalNames }
  const code = name === undefined ? undefined : refusedNames.get(name)
  if (code !== undefined) return { kind: 'refuse', code, evidence: evidence.literalNames }
  if (name !== undefined && droppedNames.has(name)) {
    return { kind: 'drop', evidence: evidence.droppedNames }
  }
  return { kind: 'accept', evidence: evidence.ours }
}

export function childrenOf(node: BinaryNode, tag: string): readonly BinaryNode[] {
  return Array.isArray(node.content) ? node.content.filter((child) => child.tag === tag) : []
}
