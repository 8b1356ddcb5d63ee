/**
 * What a person can send besides text: pictures, recordings, files, places,
 * contacts, polls, reactions, corrections and deletions. Unmodified Baileys
 * writes the message and encrypts the file, as WhatsApp's own app would.
 */

import { readFile } from 'node:fs/promises'
import { type AnyMessageContent, generateWAMessageContent, type proto } from 'baileys'
import { SILENT } from './silent-log.js'

/** Keeps an encrypted file for whoever gets the message; gives where it lies. */
export type StoreFile = (
  kind: string,
  encrypted: Buffer,
) => { readonly url: string; readonly directPath: string }

export async function compose(
  content: AnyMessageContent,
  storeFile: StoreFile,
): Promise<proto.IMessage> {
  return generateWAMessageContent(content, {
    logger: SILENT,
    upload: async (path, { mediaType }) => {
      const { url, directPath } = storeFile(mediaType, await readFile(path))
      return { mediaUrl: url, directPath }
    },
  })
}

/** What the stanza calls the message: the server and other clients see no more of it. */
export function typeOf(content: proto.IMessage): string {
  if (content.reactionMessage) return 'reaction'
  if (content.pollCreationMessage ?? content.pollCreationMessageV3) return 'poll'
  if (content.pollUpdateMessage) return 'poll'
  if (content.eventMessage ?? content.encEventResponseMessage) return 'event'
  const file =
    content.imageMessage ??
    content.videoMessage ??
    content.ptvMessage ??
    content.audioMessage ??
    content.documentMessage ??
    content.stickerMessage ??
    content.locationMessage ??
    content.contactMessage ??
    content.contactsArrayMessage
  return file ? 'media' : 'text'
}
