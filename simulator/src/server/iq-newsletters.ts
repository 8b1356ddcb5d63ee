/**
 * `xmlns=newsletter`: what a channel said, and how often it was reacted to. The questions are those
 * of whatsmeow (`newsletter.go`) and Baileys (`Socket/newsletter.js`).
 */

import type { BinaryNode } from 'baileys'
import type { Newsletter, Post } from '../newsletter.js'
import { secondsOf, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'
import { countsOf } from './newsletter-messages.js'

const usualCount = 100
const watchSeconds = 300

/** A linked device is told of reactions for some minutes. */
export function watchNewsletter(call: IqCall): BinaryNode[] {
  const newsletter = newsletterOf(call)
  const { device, network } = call
  if (!newsletter.followers.has(device.account)) throw new IqError(403, 'forbidden')
  newsletter.watchers.set(device, network.now() + watchSeconds * 1_000)
  return [stanza('live_updates', { duration: watchSeconds.toString() })]
}

/** The newest messages, or those before the one that is named; whole, or what became of them alone. */
export function listPosts(call: IqCall): BinaryNode[] {
  const newsletter = newsletterOf(call)
  const { count, before, after, since } = call.request?.attrs ?? {}
  const posts = newsletter.posts.filter(
    ({ serverId, at }) =>
      Number(serverId) < Number(before ?? Infinity) &&
      Number(serverId) > Number(after ?? 0) &&
      at >= Number(since ?? 0) * 1_000,
  )
  const isWhole = call.request?.tag === 'messages'
  const nodes = posts
    .slice(-Math.max(1, Number(count) || usualCount))
    .map((post) => nodeOf(post, isWhole))
  const attrs = { jid: newsletter.id, t: secondsOf(call.network.now()) }
  const messages = stanza('messages', attrs, nodes)
  return [isWhole ? messages : stanza('message_updates', {}, [messages])]
}

function nodeOf(post: Post, isWhole: boolean): BinaryNode {
  const attrs = { id: post.id, server_id: post.serverId, type: post.type, t: secondsOf(post.at) }
  return stanza('message', attrs, [...(isWhole ? [post.plaintext] : []), countsOf(post)])
}

/** Named by its JID, or by its invitation. */
function newsletterOf({ iq, request, network }: IqCall): Newsletter {
  const { jid, type, key } = request?.attrs ?? {}
  const found =
    type === 'invite'
      ? network.newsletters.find(({ invite }) => invite === key)
      : network.newsletter(jid ?? iq.attrs['to'])
  if (found === undefined) throw new IqError(404, 'item-not-found')
  return found
}
