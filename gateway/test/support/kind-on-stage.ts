/** What every kind with buttons has to stand on its way to a phone: written once, run for each of them. */

import type { BinaryNode, proto } from 'baileys'
import type { Phone, PhoneMessage } from '@recado/simulator'
import { expect, test } from 'vitest'
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
  /** How many forms WhatsApp has to refuse before plain text goes. 1 if unset. */
  readonly steps?: number
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
  const valuesOf = (name: string) => [...new Set(encrypted.map(({ attrs }) => attrs[name]))]
  return {
    id,
    type,
    edit,
    mediatypes: valuesOf('mediatype'),
    decryptFail: valuesOf('decrypt-fail'),
    biz: bizOf(stanza),
    meta: within(stanza, 'meta').map(outline),
  }
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
async function arrived(
  journey: Journey,
  phone: Phone,
  { messageId, zaapId }: SendAnswer,
): Promise<{ readonly message: PhoneMessage; readonly delivery: object }> {
  const message = await shown(phone, messageId)
  const { body } = await journey.delivery(zaapId)
  return { message, delivery: body }
}

export interface Stage {
  readonly journey: Journey
  readonly instance: SandboxInstance
}

/** The tests that each kind stands. `stage` is read when they run. */
export function standsItsWay(stage: () => Stage, kind: KindOnStage): void {
  test('arrives with its <biz>, and shows on Android, iOS and Web', async () => {
    const { journey, instance } = stage()
    const person = await journey.newPhone()
    const answer = await sendKind(journey, instance, kind, person.phone)
    const { message, delivery } = await arrived(journey, person, answer)
    expect(message.content).toMatchObject(kind.content)
    expect(bizOf(message.stanza)).toEqual([kind.biz])
    expect(message.shows).toEqual({ android: true, ios: true, web: true })
    expect(delivery).not.toHaveProperty('error')
    expect(delivery).not.toHaveProperty('fallback')
    await journey.status(answer.messageId, 'RECEIVED')
  })

  test('is the same stanza again when a device asks for it once more', async () => {
    const { journey, instance } = stage()
    const person = await journey.newPhone()
    const plans = plansOf(journey, person)
    await journey.setFaults({ decryption: [{ phone: person.phone, times: 1 }] })
    const answer = await sendKind(journey, instance, kind, person.phone)
    const { message } = await arrived(journey, person, answer)
    expect(message.content).toMatchObject(kind.content)
    expect(plans()).toHaveLength(2)
    expect(plans()[1]).toEqual(plans()[0])
    expect(plans()[0]).toMatchObject({ id: answer.messageId, biz: [kind.biz] })
  })

  test.each([405, 473, 479])(
    'goes as plain text where WhatsApp refuses it with %i',
    async (code) => {
      const { journey, instance } = stage()
      const { plainText, steps = 1 } = kind
      const person = await journey.newPhone()
      const acks = [{ kind: 'error', code, to: person.phone, times: steps }]
      await journey.setFaults({ acks })
      const { zaapId } = await sendKind(journey, instance, kind, person.phone)
      const message = await person.untilMessage(({ text }) => text === plainText)
      expect(message.buttons).toEqual([])
      expect((await journey.delivery(zaapId)).body).toMatchObject({
        messageId: message.id,
        fallback: { code, sentAs: 'text' },
      })
    },
  )
}
