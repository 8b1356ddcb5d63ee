/**
 * A `<message>` to a channel: its admins write, its followers read and react. Nothing is
 * encrypted, so the server sees all of it.
 */

import { type BinaryNode, proto } from 'baileys'
import type { Device } from '../account.js'
import { contentOf } from '../draw/index.js'
import type { Network } from '../network.js'
import type { Newsletter, Post } from '../newsletter.js'
import { bytesOf, childOf, idOf, secondsOf, stanza } from '../wire/stanza.js'

type Taken = { readonly serverId: string | undefined } | { readonly refusal: number }

/** Stanzas that say something other than their kind needs. */
const misshapen: Taken = { refusal: 479 }
/** The channel has no such message. */
const unknown: Taken = { refusal: 404 }
const forbidden: Taken = { refusal: 403 }

/** So long WhatsApp lets channels change what they said. */
const EDIT_WINDOW_MS = 30 * 24 * 60 * 60 * 1000

/** Those that a channel takes which is set to `BASIC`. */
const basicReactions: ReadonlySet<string> = new Set(['👍', '❤️', '😂', '😮', '😢', '🙏'])

/** Delivers it. Returns the number that the channel gives it, or the code of a refusal. */
export function takeNewsletterMessage(
  message: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
): Taken {
  const { type, edit } = message.attrs
  if (type === 'reaction') return takeReaction(message, from, newsletter, network)
  if (!newsletter.isRunBy(from.account)) return forbidden
  const plaintext = childOf(message, 'plaintext')
  if (plaintext === undefined) return misshapen
  if (edit === '8') return takeDeletion(message, plaintext, from, newsletter, network)
  if (edit !== undefined && edit !== '3') return misshapen
  if (isUnfit(message, plaintext)) return misshapen
  if (edit === '3') return takeEdit(message, plaintext, from, newsletter, network)
  const said = { id: idOf(message), at: network.now(), type: type ?? 'text', plaintext }
  const post = newsletter.post(said)
  deliver(message, plaintext, from, newsletter, network, post.serverId)
  return { serverId: post.serverId }
}

/**
 * What WhatsApp takes and no phone ever shows (Baileys #2086, #2322, #2687), refused here: media without
 * their kind, encrypted media, media that lie where those of chats do. A change that says what it changes
 * inside, as one in a chat does, is none.
 */
function isUnfit({ attrs }: BinaryNode, plaintext: BinaryNode): boolean {
  const bytes = bytesOf(plaintext)
  if (bytes === undefined || bytes.length === 0) return true
  const { mediatype } = plaintext.attrs
  if (attrs['type'] === 'media' && mediatype === undefined) return true
  const content = contentOf(proto.Message.decode(bytes))
  if (content.protocolMessage || content.reactionMessage) return true
  const { imageMessage, videoMessage, audioMessage, stickerMessage } = content
  const file = imageMessage ?? videoMessage ?? audioMessage ?? stickerMessage
  if (!file) return content.ptvMessage !== undefined && content.ptvMessage !== null
  const isOpen = !file.mediaKey?.length && !file.fileEncSha256?.length
  return !isOpen || !file.directPath?.startsWith('/newsletter/') || !file.fileSha256?.length
}

function takeEdit(
  message: BinaryNode,
  plaintext: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
): Taken {
  const post = newsletter.posted(idOf(message))
  if (post === undefined) return unknown
  if (network.now() - post.at > EDIT_WINDOW_MS) return forbidden
  const meta = stanza('meta', {
    msg_edit_t: network.now().toString(),
    original_msg_t: secondsOf(post.at),
  })
  post.plaintext = plaintext
  deliver(message, plaintext, from, newsletter, network, post.serverId, [meta])
  return { serverId: post.serverId }
}

function takeDeletion(
  message: BinaryNode,
  plaintext: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
): Taken {
  if (bytesOf(plaintext)?.length) return misshapen
  const post = newsletter.posted(idOf(message))
  if (post === undefined) return unknown
  newsletter.remove(idOf(message))
  const meta = stanza('meta', { original_msg_t: secondsOf(post.at) })
  deliver(message, plaintext, from, newsletter, network, post.serverId, [meta])
  return { serverId: post.serverId }
}

/** It is counted, and the phones of the followers are told the counts. */
function takeReaction(
  message: BinaryNode,
  { account }: Device,
  newsletter: Newsletter,
  network: Network,
): Taken {
  const { server_id: serverId, edit } = message.attrs
  const reaction = childOf(message, 'reaction')
  if (reaction === undefined || serverId === undefined) return misshapen
  const { code } = reaction.attrs
  if ((code === undefined) !== (edit === '7')) return misshapen
  if (!newsletter.followers.has(account)) return forbidden
  const post = newsletter.numbered(serverId)
  if (post === undefined) return unknown
  if (code !== undefined && newsletter.reactionCodes === 'BASIC' && !basicReactions.has(code))
    return forbidden
  if (code === undefined) post.reactions.delete(account)
  else post.reactions.set(account, code)
  const told = stanza('message', { server_id: serverId, id: post.id }, [countsOf(post)])
  const update = stanza('live_updates', {}, [stanza('messages', {}, [told])])
  // A linked device is told only where it asks to be.
  const phones = [...newsletter.followers].flatMap(({ devices }) => devices.get(0) ?? [])
  const watchers = [...newsletter.watchers].filter(([, until]) => until > network.now())
  for (const each of [...phones, ...watchers.map(([watcher]) => watcher)])
    each.deliver(network.notification('newsletter', { from: newsletter.id }, [update]))
  return { serverId: undefined }
}

/** How often each reaction was given. */
export function countsOf({ reactions }: Post): BinaryNode {
  const counted = new Map<string, number>()
  for (const each of reactions.values()) counted.set(each, (counted.get(each) ?? 0) + 1)
  const counts = [...counted].map(([code, count]) =>
    stanza('reaction', { code, count: count.toString() }),
  )
  return stanza('reactions', {}, counts)
}

function deliver(
  message: BinaryNode,
  plaintext: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
  serverId: string,
  beside: readonly BinaryNode[] = [],
): void {
  const { id, type, edit } = message.attrs
  for (const account of newsletter.followers)
    for (const device of account.devices.values()) {
      if (device === from) continue
      const isSender = account === from.account ? 'true' : undefined
      const t = secondsOf(network.now())
      const attrs = {
        from: newsletter.id,
        id,
        type,
        edit,
        t,
        server_id: serverId,
        is_sender: isSender,
      }
      device.deliver(stanza('message', attrs, [plaintext, ...beside]))
    }
}
