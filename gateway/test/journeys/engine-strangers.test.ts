/** The Baileys engine alone, against the simulator: what strangers cost before their messages leave. */

import { describe, expect, it, onTestFinished } from 'vitest'
import { otpTo } from '../support/engine-rig.js'
import { connected, linked, newPhone, shown, simulator } from '../support/engine-stage.js'

/** The questions about people and their keys that clients asked since. */
function questions(): readonly string[] {
  const asked: string[] = []
  const hear = ({ stanza: { attrs } }: { stanza: { attrs: Record<string, string> } }): void => {
    const { xmlns = '' } = attrs
    if (['usync', 'encrypt'].includes(xmlns)) asked.push(xmlns)
  }
  simulator.network.on('question', hear)
  onTestFinished(() => void simulator.network.off('question', hear))
  return asked
}

const person = (phone: string) => ({ kind: 'person', phone }) as const

describe('strangers', () => {
  it('cost three questions altogether when they are looked up ahead, and none afterwards', async () => {
    const { rig } = await linked()
    const people = await Promise.all(Array.from({ length: 30 }, () => newPhone()))
    const wire = await connected(rig)
    const asked = questions()
    await wire.connection.lookAhead(people.map(({ phone }) => person(phone)))
    expect(asked).toEqual(['usync', 'usync', 'encrypt'])
    const messages = people.map(({ phone }) => otpTo(phone))
    for (const message of messages) expect(await wire.send(message)).toMatchObject({ kind: 'sent' })
    expect(asked).toHaveLength(3)
    for (const [index, message] of messages.entries())
      expect((await shown(people[index]!, message.whatsappId)).text).toBe('Seu código')

    await wire.connection.lookAhead(people.map(({ phone }) => person(phone)))
    expect(asked).toHaveLength(3)
  })

  it('are looked up all the same when one of them has no WhatsApp', async () => {
    const { rig } = await linked()
    const [ana, bia] = [await newPhone(), await newPhone()]
    const wire = await connected(rig)
    await wire.connection.lookAhead([ana.phone, '5511900000000', bia.phone].map(person))
    const asked = questions()
    expect(await wire.send(otpTo('5511900000000'))).toEqual({
      kind: 'no-such-recipient',
    })
    expect(asked).toEqual([])
    expect(await wire.send(otpTo(bia.phone))).toMatchObject({ kind: 'sent' })
    expect(asked).toEqual([])
  })
})
