/** Keeps the labels that the phone and other devices of this number make and put on chats. */

import type { BaileysEventMap, WASocket } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { LabelFact } from '../../domain/label.js'
import type { Log } from '../../runtime/telemetry.js'
import { chatOfJid } from '../jid.js'

/** Where labels are kept. `directory/directory.ts` implements it. */
export interface LabelPort {
  /** In their order. Safe to repeat. */
  take(instanceId: InstanceId, facts: readonly LabelFact[]): Promise<void>
}

export interface HearLabelsOptions {
  readonly instanceId: InstanceId
  readonly sock: Pick<WASocket, 'ev'>
  readonly labels: LabelPort
  readonly log: Log
}

/** Call it once a socket, before it is open. */
export function keepLabels({ instanceId, sock, labels, log }: HearLabelsOptions): void {
  let waiting: LabelFact[] = []
  let writing: Promise<void> | undefined
  const write = async (): Promise<void> => {
    // What is told at one time goes into one write.
    await Promise.resolve()
    while (waiting.length > 0) {
      const facts = waiting
      waiting = []
      await labels
        .take(instanceId, facts)
        .catch((cause: unknown) => log.error('whatsapp.labels-lost', { instanceId, cause }))
    }
    writing = undefined
  }
  const tell = (fact: LabelFact | undefined): void => {
    if (fact === undefined) return
    waiting.push(fact)
    writing ??= write()
  }
  sock.ev.on('labels.edit', (label) => tell(factOfLabel(label)))
  sock.ev.on('labels.association', (told) => tell(factOfAssociation(told)))
}

function factOfLabel({ id, name, color, deleted }: BaileysEventMap['labels.edit']): LabelFact {
  if (deleted) return { kind: 'label-deleted', id }
  return { kind: 'label', label: { id, name, color } }
}

/** Z-API knows no labels of single messages. */
function factOfAssociation({
  association,
  type,
}: BaileysEventMap['labels.association']): LabelFact | undefined {
  const chat = chatOfJid(association.chatId)
  if (chat === undefined || 'messageId' in association) return undefined
  return { kind: 'chat-label', chat, label: association.labelId, isAssigned: type === 'add' }
}
