/** Labels and notes of a business account over one open socket: app state. */

import { chatModificationToAppPatch, proto, type WAPatchCreate, type WASocket } from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type { Label, LabelApi, Note } from '../../domain/label.js'
import type { RecipientResolver } from '../send/resolve.js'
import { assertBusiness, assertOpen } from './account-query.js'
import type { AppState } from './app-state.js'
import { knownAddress } from './known-address.js'

export interface LabelApiOptions {
  readonly sock: Pick<WASocket, 'authState'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly appState: Pick<AppState, 'write'>
  isOpen(): boolean
}

const { SET } = proto.SyncdMutation.SyncdOperation
const { UNSTRUCTURED } = proto.SyncActionValue.NoteEditAction.NoteType
/** Of the action in WhatsApp Web; Baileys has no function for it. */
const noteVersion = 7

export class BaileysLabelApi implements LabelApi {
  readonly #options: LabelApiOptions

  constructor(options: LabelApiOptions) {
    this.#options = options
  }

  put(label: Label): Promise<void> {
    return this.#write(async () => chatModificationToAppPatch({ addLabel: label }, ''))
  }

  delete(label: Label): Promise<void> {
    return this.#write(async () =>
      chatModificationToAppPatch({ addLabel: { ...label, deleted: true } }, ''),
    )
  }

  assign(label: string, chat: Recipient, isAssigned: boolean): Promise<void> {
    const change = { labelId: label }
    return this.#write(async () => {
      const { jid } = await knownAddress(chat, this.#options)
      return chatModificationToAppPatch(
        isAssigned ? { addChatLabel: change } : { removeChatLabel: change },
        jid,
      )
    })
  }

  note(chat: Recipient, note: Note): Promise<void> {
    return this.#write(async () => noteChange(note, (await knownAddress(chat, this.#options)).jid))
  }

  async #write(change: () => Promise<WAPatchCreate>): Promise<void> {
    assertOpen(this.#options)
    assertBusiness(this.#options)
    await this.#options.appState.write([await change()])
  }
}

function noteChange({ id, content, createdAt, changedAt }: Note, chatJid: string): WAPatchCreate {
  const noteEditAction = {
    type: UNSTRUCTURED,
    chatJid,
    createdAt,
    deleted: content === '',
    unstructuredContent: content,
  }
  return {
    syncAction: { timestamp: changedAt, noteEditAction },
    index: ['note_edit', id],
    type: 'regular_low',
    apiVersion: noteVersion,
    operation: SET,
  }
}
