/**
 * What WhatsApp tells us, in our words.
 *
 * | From Baileys | Becomes |
 * |---|---|
 * | stanza `<iq>` with `pair-device` | `qr` (`connection/pairing-qrs.ts`) |
 * | stanzas `<notification>` of types `passkey_prologue_request` and `crsc_continuation` | `passkey` (`connection/passkey-ceremony.ts`) |
 * | event `connection.update` with `connection: 'open'` | `opened`: `openedOf` |
 * | event `connection.update` with `connection: 'close'` | `closed`: `closedBy` (`close-reason.ts`) |
 * | event `messages.upsert`, both `notify` (live) and `append` (while we were away) | `received`: `incomingMessageOf` (`incoming-message.ts`) |
 * | stanza `<receipt>` without type, `read`, `played`, `sender` | `receipt`: `receiptOf` |
 * | stanza `<receipt type="retry">` | nothing: answered in `retry-resend.ts` |
 * | stanza `<ack class="message">` | the result of `send`, or `receipt` with `sent` when it came too late (`acks.ts`) |
 * | stanza `<call>` | `call` (`calls.ts`) |
 * | stanza `<notification type="picture">` of this number, `<notification type="mex">` | `received`: `noticeOfNotification` (`notifications.ts`) |
 * | stanza `<notification type="mex">` with an integrity challenge | `challenged`: `isChallenge` (`notifications.ts`) |
 * | events `labels.association`, `creds.update` with another name | `received` (`tell-account.ts`) |
 * | stanzas `<presence>`, `<chatstate>` | `presence` (`presence.ts`) |
 * | everything else | nothing |
 *
 * Receipts are read from the stanza and not from Baileys' events, because
 * Baileys buffers those events and folds "delivered" and "read" into one.
 */

import { type AuthenticationCreds, type BinaryNode, jidDecode } from 'baileys'
import { isSamePerson, type PersonId } from '../../domain/chat.js'
import type { EngineEvent, Receipt } from '../../domain/engine.js'
import type { ReceiptStatus } from '../../domain/message-status.js'
import type { EpochMs } from '../../domain/time.js'
import { chatOfJid, isWhatsappId, personOfJid, withOtherAddress } from '../jid.js'
import { timeOfSeconds } from './time-of-seconds.js'

/** This number itself, under both of its names. */
export function ownPersonOf(me: AuthenticationCreds['me']): PersonId {
  return withOtherAddress(personOfJid(me?.id) ?? {}, personOfJid(me?.lid))
}

/** `undefined` before the login. */
export function openedOf(
  creds: Pick<AuthenticationCreds, 'me' | 'platform'>,
): Extract<EngineEvent, { kind: 'opened' }> | undefined {
  const { phone, lid } = ownPersonOf(creds.me)
  if (phone === undefined) return undefined
  return {
    kind: 'opened',
    phone,
    lid,
    name: creds.me?.name,
    // The phone's platform as told at pairing: `smba` and `smbi` are the Business apps.
    business: creds.platform?.startsWith('smb') ?? false,
  }
}

const receiptStatuses: Readonly<Record<string, ReceiptStatus>> = {
  // No type at all.
  '': 'delivered',
  read: 'read',
  played: 'played',
  // Another device of ours got its copy: the server took the message.
  sender: 'sent',
}

/**
 * A receipt for messages of ours; `undefined` for every other one. Of a person
 * it holds only the name that WhatsApp used, phone or LID.
 */
export function receiptOf(node: BinaryNode, own: PersonId, now: EpochMs): Receipt | undefined {
  const { id, from, participant, recipient, type = '', t } = node.attrs
  const status = receiptStatuses[type]
  const author = personOfJid(participant ?? from)
  if (id === undefined || status === undefined || author === undefined) return undefined

  const otherName = personOfJid(node.attrs['participant_pn'] ?? node.attrs['participant_lid'])
  const fromOwnDevice = isSamePerson(author, own)
  if (type === 'sender' && !fromOwnDevice) return undefined
  // A recipient on any other receipt means: our other device tells about a message of another person.
  if (type !== 'sender' && recipient !== undefined) return undefined

  const fromChat = chatOfJid(from)
  // That we have our own message is no news.
  if (fromOwnDevice && fromChat?.kind === 'group' && type !== 'sender') return undefined
  const chat =
    fromOwnDevice && fromChat?.kind === 'person' ? chatOfJid(recipient ?? from) : fromChat
  if (chat === undefined) return undefined

  return {
    whatsappIds: [id, ...listedIds(node)].filter(isWhatsappId),
    status,
    chat,
    participant: chat.kind === 'group' ? withOtherAddress(author, otherName) : undefined,
    device: jidDecode(participant ?? from)?.device,
    at: t === undefined ? now : timeOfSeconds(Number(t), now),
  }
}

function listedIds(node: BinaryNode): readonly string[] {
  if (!Array.isArray(node.content)) return []
  return node.content
    .filter(({ tag }) => tag === 'list')
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .flatMap(({ attrs }) => attrs['id'] ?? [])
}
