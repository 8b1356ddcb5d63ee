/** How our words are spelled in Z-API's answers and callbacks. */

import type { ChatId, PersonId, Recipient } from '../domain/chat.js'
import type { EpochMs } from '../domain/time.js'
import type { MessageId, WhatsappId } from '../domain/message.js'

/**
 * What Z-API calls `phone`: digits for a person, `<lid>@lid` for one whose
 * number that is not known, `<id>-group` for a group, `<id>@newsletter` for a
 * channel, `<id>-broadcast` for a list, `status@broadcast` for the statuses. The older kind of group id has a dash
 * and no suffix, because that is how Z-API writes it.
 */
export function phoneOf(chat: ChatId | Recipient): string {
  switch (chat.kind) {
    case 'group':
      return chat.group.includes('-') ? chat.group : `${chat.group}-group`
    case 'lid':
      return `${chat.lid}@lid`
    case 'newsletter':
      return `${chat.newsletter}@newsletter`
    case 'broadcast':
      return `${chat.list}-broadcast`
    case 'status':
      return 'status@broadcast'
    case 'person':
      return phoneOfPerson(chat) ?? ''
  }
}

/** The same for a person alone; `undefined` if neither number nor LID is known. */
export function phoneOfPerson(person: PersonId): string | undefined {
  return person.phone ?? lidOf(person)
}

/** `<lid>@lid`, where the LID is known. */
export function lidOf(person: PersonId): string | undefined {
  return person.lid === undefined ? undefined : `${person.lid}@lid`
}

/** The body of the answer to every send. `id` repeats `messageId`; Zapier reads it. */
export interface SendAnswer {
  readonly zaapId: string
  readonly messageId: string
  readonly id: string
  readonly lateAt?: EpochMs
}

export function sendAnswer(accepted: {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly lateAt?: EpochMs | undefined
}): SendAnswer {
  const { id, whatsappId, lateAt } = accepted
  const late = lateAt === undefined ? {} : { lateAt }
  return { zaapId: id, messageId: whatsappId, id: whatsappId, ...late }
}
