/** Whose status WhatsApp's server takes, and whose it refuses: an unmodified client that names its audience itself. */

import type { BinaryNode } from 'baileys'
import { expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import type { Client } from './support/client.js'
import { type Lab, test } from './support/lab.js'

interface Stage {
  readonly client: Client
  readonly own: Phone
  readonly ana: Phone
}

async function stageIn(lab: Lab): Promise<Stage> {
  lab.announce(/received error in ack|smax-invalid \(479\)/)
  const own = await lab.phone('5511999990000')
  const ana = await lab.phone('5511999990001')
  return { client: await lab.linked(own), own, ana }
}

/** The code of the acknowledgement; undefined where it was taken. */
async function posted(
  { client }: Stage,
  statusJidList: string[],
  meta?: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const messageId = `3EB0${Math.random().toString(16).slice(2, 14).toUpperCase()}`
  const acknowledged = new Promise<string | undefined>((resolve) => {
    client.socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
      if (attrs['id'] === messageId) resolve(attrs['error'])
    })
  })
  const additionalNodes = meta === undefined ? [] : [{ tag: 'meta', attrs: { ...meta } }]
  await client.socket.relayMessage(
    'status@broadcast',
    { extendedTextMessage: { text: 'Bom dia' } },
    { messageId, statusJidList, additionalNodes },
  )
  return acknowledged
}

const contacts = { status_setting: 'contacts' }
const lidOf = ({ lid }: Phone) => `${lid}@lid`

test('a status whose people are named by number is refused with 479', async ({ lab }) => {
  const stage = await stageIn(lab)
  const numbers = [`${stage.ana.phone}@s.whatsapp.net`]
  expect(await posted(stage, numbers, contacts)).toBe('479')
  expect(stage.ana.statuses).toEqual([])
})

test('a status without the choice of its owner, or with another one, is refused with 479', async ({
  lab,
}) => {
  const stage = await stageIn(lab)
  const people = [lidOf(stage.ana), lidOf(stage.own)]
  expect(await posted(stage, people)).toBe('479')
  expect(await posted(stage, people, { status_setting: 'allowlist' })).toBe('479')
  expect(stage.ana.statuses).toEqual([])
  expect(await posted(stage, people, contacts)).toBeUndefined()
  await stage.ana.untilStatus(({ text }) => text === 'Bom dia')
})
