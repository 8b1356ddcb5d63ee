/**
 * Tells what happens to this number itself: its name, its picture, its labels; and the
 * notifications that Baileys leaves out.
 *
 * Name and labels are settings that the phone shares with its devices (app state). They come
 * without a stanza of their own, so a process that dies in that moment does not tell them.
 */

import type { BaileysEventMap, BinaryNode, WASocket } from 'baileys'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { LabelChange, Notice } from '../../domain/notice.js'
import { newWhatsappId } from '../../runtime/ids.js'
import { ownPersonOf } from './from-baileys.js'
import type { HearOptions } from './hear-options.js'
import { chatOfJid } from '../jid.js'
import { withKnownPeople } from './known-people.js'
import { accountNotice, isChallenge, noticeOfNotification } from './notifications.js'
import { storeFirst } from '../baileys-patches/store-first.js'

const pictureAnswerMs = 5_000

/** Call it once a socket, after all others have begun to listen. */
export function hearAccount(options: HearOptions): void {
  const { sock } = options
  storeFirst(sock.ws, 'CB:notification', (node) => tellNotification(node, options))
  hearName(options)
  hearLabels(options)
}

function tellNotification(
  node: BinaryNode,
  { sock, events, directory, clock }: HearOptions,
): Promise<boolean> | undefined {
  if (isChallenge(node)) return events.tell(() => ({ kind: 'challenged' }))
  const own = ownPersonOf(sock.authState.creds.me)
  const notice = events.read(() => noticeOfNotification(node, own, clock.now()))
  if (notice === undefined) return undefined
  const { content } = notice
  const isNewPicture = content.kind === 'own-picture' && isSet(node)
  const url = isNewPicture ? pictureOf(sock) : undefined
  return events.tell(async () => {
    const told = await withKnownPeople(notice, directory)
    return {
      kind: 'received',
      message: isNewPicture ? withPicture(told, await url) : told,
    }
  })
}

function isSet({ content }: BinaryNode): boolean {
  return Array.isArray(content) && content.some(({ tag }) => tag === 'set')
}

async function pictureOf(sock: WASocket): Promise<string | undefined> {
  const jid = sock.authState.creds.me?.id
  if (jid === undefined) return undefined
  return sock.profilePictureUrl(jid, 'image', pictureAnswerMs).catch(() => undefined)
}

function withPicture(message: IncomingMessage, url: string | undefined): IncomingMessage {
  return { ...message, content: { kind: 'own-picture', url } }
}

function hearName(options: HearOptions): void {
  const { sock } = options
  let known = sock.authState.creds.me?.name
  sock.ev.on('creds.update', ({ me }) => {
    const name = me?.name
    if (!name || name === known) return
    const isNews = !!known && isSettled(sock)
    known = name
    if (isNews) tellNotice({ kind: 'own-name', name }, options)
  })
}

/** What is set at one time is told at one time. */
function hearLabels(options: HearOptions): void {
  const { sock } = options
  let changes: LabelChange[] = []
  sock.ev.on('labels.association', (told) => {
    const change = isSettled(sock) ? labelChangeOf(told) : undefined
    if (change === undefined) return
    if (changes.length === 0)
      queueMicrotask(() => {
        tellNotice({ kind: 'chat-labels', changes }, options)
        changes = []
      })
    changes.push(change)
  })
}

/** Labels of single messages are not told: Z-API knows none. */
function labelChangeOf({
  association,
  type,
}: BaileysEventMap['labels.association']): LabelChange | undefined {
  const chat = chatOfJid(association.chatId)
  if (chat === undefined || 'messageId' in association) return undefined
  return { chat, label: association.labelId, isAssigned: type === 'add' }
}

/** After pairing the phone tells all of its settings once. That is no news. */
function isSettled({ authState }: WASocket): boolean {
  return (authState.creds.accountSyncCounter ?? 0) > 0
}

function tellNotice(content: Notice, { sock, events, directory, clock }: HearOptions): void {
  const own = ownPersonOf(sock.authState.creds.me)
  const notice = accountNotice(content, newWhatsappId(), own, clock.now())
  void events.tell(async () => ({
    kind: 'received',
    message: await withKnownPeople(notice, directory),
  }))
}
