/** An unmodified Baileys client linked to a phone, as WhatsApp on a computer would be, and what it shows. */

import { isPnUser, normalizeMessageContent, type WAMessage } from 'baileys'
import type { Phone } from '../../src/phone.js'
import type { Simulator } from '../../src/simulator.js'
import { Client, newStore, textOf } from './client.js'

export interface Companion {
  /** The socket of the client, for everything that has no function of its own. */
  readonly socket: Client['socket']
  /** The message once it is there, decrypted. */
  received(messageId: string): Promise<WAMessage>
  /** What it shows, in order of arrival: a second message of a chat under an id it has is not shown. */
  texts(): readonly string[]
  end(): Promise<void>
}

export async function linkCompanion(simulator: Simulator, phone: Phone): Promise<Companion> {
  const first = new Client(simulator, newStore())
  await phone.scan(await first.until(() => first.qr))
  await first.untilClosed()
  const client = await new Client(simulator, first.store).untilSettled()
  return {
    socket: client.socket,
    received: (messageId) =>
      client.until(
        () => client.received.find(({ key, message }) => key.id === messageId && message),
        30_000,
      ),
    texts: () => {
      const byKey = new Map(client.received.map((each) => [keyOf(each), shownText(each)]))
      // What phone and companion tell each other after linking has no text.
      return [...byKey.values()].filter((text) => text !== '')
    },
    end: () => client.end(),
  }
}

/** A chat with a person has one name, by number or by LID. */
function keyOf({ key: { id, remoteJid, remoteJidAlt } }: WAMessage): string {
  const names = [remoteJid, remoteJidAlt].map((each) => each ?? '')
  return `${id} ${names.find((each) => isPnUser(each)) ?? names[0]}`
}

function shownText(message: WAMessage): string {
  const content = normalizeMessageContent(message.message)
  const media = content?.imageMessage ?? content?.videoMessage ?? content?.documentMessage
  return content?.interactiveMessage?.body?.text ?? media?.caption ?? textOf(message) ?? ''
}
