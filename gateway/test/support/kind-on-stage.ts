/** What every kind with buttons has to stand on its way to a phone: written once, run for each of them. */

import type { BinaryNode, proto } from 'baileys'
import type { Phone, PhoneMessage } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { type Journey, type SendAnswer, shown } from './journey.js'

/** One kind as a caller sends it and as people meet it. */
export interface KindOnStage {
  readonly name: string
  readonly action: string
  /** Beside the phone. */
  readonly body: object
  /** What stands in the message on the phone. */
  readonly content: object
  /** As `bizOf` writes it. */
  readonly biz: string
  /** What goes where WhatsApp refuses the kind. */
  readonly plainText: string
  /** What a client sends when its user chooses, and the key of the callback that tells it. */
  readonly tap?: { readonly answer: proto.IMessage; readonly told: object }
}

export async function sendKind(
  journey: Journey,
  instance: SandboxInstance,
  { action, body }: KindOnStage,
  phone: string,
): Promise<SendAnswer> {
  const answer = await journey.client.onInstance(instance, 'POST', action, { phone, ...body })
  return answer as SendAnswer
}

/** Everything written under this id from now on, each as its plan: attributes, media type and `<biz>`. */
export function plansOf(journey: Journey, phone: Phone): () => readonly object[] {
  const plans: object[] = []
  journey.simulator.network.on('stanza', ({ stanza }) => {
    if (stanza.attrs['to']?.split(/[:@]/u)[0] === phone.lid.split(/[:@]/u)[0])
      plans.push(planOf(stanza))
  })
  return () => plans
}

function planOf(stanza: BinaryNode): object {
  const { id, type, edit } = stanza.attrs
  const encrypted = [...within(stanza, 'enc'), ...within(stanza, 'to').flatMap(encIn)]
  const mediatypes = new Set(encrypted.map(({ attrs }) => attrs['mediatype']))
  return { id, type, edit, mediatypes: [...mediatypes], biz: bizOf(stanza) }
}

/** Each `<biz>` of a stanza on a line: its attributes but those that differ each time, its children in brackets. */
export function bizOf(stanza: BinaryNode): readonly string[] {
  return within(stanza, 'biz').map(outline)
}

function outline({ tag, attrs, content }: BinaryNode): string {
  const fixed = Object.entries(attrs)
    .filter(([name]) => name !== 'privacy_mode_ts' && name !== 'decision_id')
    .map(([name, value]) => `${name}=${value}`)
  const children = Array.isArray(content) ? [`(${content.map(outline).join(' ')})`] : []
  return [tag, ...fixed.toSorted(), ...children].join(' ')
}

const encIn = (to: BinaryNode): readonly BinaryNode[] => within(to, 'enc')

function within(node: BinaryNode, tag: string): readonly BinaryNode[] {
  const children = Array.isArray(node.content) ? node.content : []
  return children.flatMap((child) => [
    ...(child.tag === tag ? [child] : []),
    ...(child.tag === 'participants' ? within(child, tag) : []),
  ])
}

/** The message on the phone, once it is there and the callback has told that it was sent. */
export async function arrived(
  journey: Journey,
  phone: Phone,
  { messageId, zaapId }: SendAnswer,
): Promise<{ readonly message: PhoneMessage; readonly delivery: object }> {
  const message = await shown(phone, messageId)
  const { body } = await journey.delivery(zaapId)
  return { message, delivery: body }
}
