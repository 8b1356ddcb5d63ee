/** Tells a message as it is meant to be read: opened, with the names that are known, and only if its sender may say it. */

import type { WAMessage } from 'baileys'
import { isSamePerson } from '../../domain/chat.js'
import type { CartLine } from '../../domain/incoming-content.js'
import type { MessageMark } from '../../domain/engine.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { EpochMs } from '../../domain/time.js'
import { encodeOriginal } from '../send/original-message.js'
import { ownPersonOf } from './from-baileys.js'
import type { GroupAdmins } from '../account/group-admins.js'
import type { HearOptions } from './hear-options.js'
import { incomingMessageOf, type ReadingOptions } from './incoming-message.js'

import { withKnownPeople } from './known-people.js'
import { statusMarkOf } from '../account/read-marks.js'

export async function tellMessage(message: WAMessage, options: HearOptions): Promise<void> {
  const { sock, events, untold, clock, closing } = options
  const own = ownPersonOf(sock.authState.creds.me)
  const status = events.read(() => statusMarkOf(message))
  if (status) {
    void events.tell(() => ({ kind: 'status-posted', status }))
    try {
      await options.keepStatus(keptStatus(status, message, clock.now()))
    } catch {
      // It is told again, as every message that is not stored.
      return
    }
  }
  const facts = options.facts.of(message.key)
  const read = (reading?: ReadingOptions) =>
    events.read(() => incomingMessageOf(message, own, clock.now(), { facts, ...reading }))
  const incoming = read()
  const isStored =
    incoming === undefined
      ? await isHistoryKept(message, options)
      : await tellRead({ message, incoming, read, options })
  if (!isStored) return
  untold.told(message.key)
  await untold.tidy(clock, closing)
}

/** A message that says nothing to people may tell of a part of the history. */
async function isHistoryKept({ key }: WAMessage, { keptHistory }: HearOptions): Promise<boolean> {
  return key.fromMe !== true || !key.id || keptHistory(key.id)
}

/** Its author may be answered. */
function keptStatus(
  { whatsappId, chat, sender: author }: MessageMark,
  { message }: WAMessage,
  now: EpochMs,
): KeptMessage {
  return {
    whatsappId,
    chat,
    author,
    fromMe: false,
    at: now,
    original: encodeOriginal(message ?? {}),
  }
}

/** Resolves to whether it is stored, or need not be. */
function tellRead({
  message,
  incoming,
  read,
  options: { events, directory, answers, orders, admins, names, hostHere },
}: {
  readonly message: WAMessage
  readonly incoming: IncomingMessage
  readonly read: (reading?: ReadingOptions) => IncomingMessage | undefined
  readonly options: HearOptions
}): Promise<boolean> {
  // Asked at once, so that the events behind it do not wait for one answer after the other.
  const lines = incoming.content.kind === 'cart' ? orders.linesOf(incoming.content) : undefined
  const groupName = names.of(incoming.chat)
  return events.tell(async () => {
    const known = await withKnownPeople(incoming, directory)
    const opened = await answers.read(message, known, read)
    const told = opened && (await withKnownPeople(opened, directory))
    if (told === undefined || !(await mayBeSaid(told, admins))) return undefined
    const whole = withLines(told, await lines)
    const media = await withHost(whole.media, hostHere)
    return { kind: 'received', message: { ...whole, media, groupName: await groupName } }
  })
}

/**
 * Only admins delete what another member wrote. Throws when the admins cannot be asked for: the
 * message is kept then, and told when WhatsApp answers again.
 */
async function mayBeSaid(
  { content, chat, sender, fromMe }: IncomingMessage,
  admins: GroupAdmins,
): Promise<boolean> {
  if (content.kind !== 'deleted' || chat.kind !== 'group' || fromMe) return true
  const { author } = content.target
  if (author === undefined || isSamePerson(author, sender)) return true
  return admins.isAdmin(chat.group, sender)
}

/** Messages of channels name no host. */
async function withHost(
  media: IncomingMessage['media'],
  hostHere: HearOptions['hostHere'],
): Promise<IncomingMessage['media']> {
  if (hostHere === undefined || media === undefined) return media
  if (media.every(({ host }) => host !== undefined)) return media
  const host = await hostHere()
  return media.map((file) => ({ ...file, host: file.host ?? host }))
}

function withLines(
  message: IncomingMessage,
  lines: readonly CartLine[] | undefined,
): IncomingMessage {
  const { content } = message
  if (lines === undefined || content.kind !== 'cart') return message
  return { ...message, content: { ...content, lines } }
}
