/**
 * What a person can send besides text: pictures, recordings, files, places,
 * contacts, polls, reactions, corrections and deletions. Unmodified Baileys
 * writes the message and encrypts the file, as WhatsApp's own app would.
 */

import { readFile } from 'node:fs/promises'
import { type AnyMessageContent, generateWAMessageContent, proto } from 'baileys'
import { SILENT } from './silent-log.js'

/** Stores an encrypted file for the recipients. Returns its place. */
export type StoreFile = (
  kind: string,
  encrypted: Buffer,
) => { readonly url: string; readonly directPath: string }

export async function compose(
  content: AnyMessageContent,
  storeFile: StoreFile,
): Promise<proto.IMessage> {
  const message = await generateWAMessageContent(content, {
    logger: SILENT,
    upload: async (path, { mediaType }) => {
      const { url, directPath } = storeFile(mediaType, await readFile(path))
      return { mediaUrl: url, directPath }
    },
  })
  return withoutWrapper(message)
}

/** Baileys wraps what is to be viewed once; the apps say it inside the media (zapo `wrapAsViewOnce`). */
function withoutWrapper(message: proto.IMessage): proto.IMessage {
  const { viewOnceMessage } = message
  const inner = viewOnceMessage?.message
  if (!inner) return message
  for (const media of onceIn(inner)) media.viewOnce = true
  return inner
}

function onceIn({ imageMessage, videoMessage, audioMessage }: proto.IMessage) {
  return [imageMessage, videoMessage, audioMessage].filter((media) => media != null)
}

/** Whether the receiver looks at it once, on the phone alone. */
export function isViewOnce(content: proto.IMessage): boolean {
  return onceIn(content).some(({ viewOnce }) => viewOnce === true)
}

/** What the stanza calls the message: the server and other clients see no more of it. */
export function typeOf(content: proto.IMessage): string {
  if (content.reactionMessage) return 'reaction'
  if (content.pollCreationMessage ?? content.pollCreationMessageV3) return 'poll'
  if (content.pollUpdateMessage) return 'poll'
  if (content.eventMessage ?? content.encEventResponseMessage) return 'event'
  return mediatypeOf(content) === undefined ? 'text' : 'media'
}

const mediatypes = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'ptv'],
  ['audioMessage', 'audio'],
  ['documentMessage', 'document'],
  ['stickerMessage', 'sticker'],
  ['locationMessage', 'location'],
  ['contactMessage', 'vcard'],
  ['contactsArrayMessage', 'contact_array'],
] as const

/** What `<enc>` says of the content. Of what changes another message, who cannot read it shows nothing. */
export function encAttributesOf(content: proto.IMessage): Readonly<Record<string, string>> {
  const mediatype = mediatypeOf(content)
  const { reactionMessage, pollUpdateMessage, encEventResponseMessage, pinInChatMessage } = content
  const change = reactionMessage ?? pollUpdateMessage ?? encEventResponseMessage ?? pinInChatMessage
  return {
    ...(mediatype === undefined ? {} : { mediatype }),
    ...(change || isEdit(content) ? { 'decrypt-fail': 'hide' } : {}),
  }
}

function isEdit({ protocolMessage, secretEncryptedMessage }: proto.IMessage): boolean {
  return (
    Boolean(secretEncryptedMessage) ||
    protocolMessage?.type === proto.Message.ProtocolMessage.Type.MESSAGE_EDIT
  )
}

function mediatypeOf(content: proto.IMessage): string | undefined {
  if (content.videoMessage?.gifPlayback) return 'gif'
  if (content.audioMessage?.ptt) return 'ptt'
  return mediatypes.find(([field]) => content[field])?.[1]
}
