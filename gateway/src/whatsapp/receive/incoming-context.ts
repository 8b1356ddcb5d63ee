/** What hangs on a message beside its content: quote, forwarding mark, mentions, the advertisement it answers. */

import { normalizeMessageContent, type proto } from 'baileys'
import type { AdReply, IncomingMessage } from '../../domain/incoming-message.js'
import type { Attachments } from './attachments.js'
import { answeredStatus } from './incoming-files.js'
import { isWhatsappId, personOfJid } from '../jid.js'

type Context = Pick<
  IncomingMessage,
  'quotedWhatsappId' | 'forwarded' | 'mentions' | 'expiresAfterSeconds' | 'ad' | 'answersStatus'
>

export function contextOf(
  message: proto.IMessage | null | undefined,
  attachments: Attachments,
): Context {
  const context = contextInfoOf(message)
  if (!context) return { forwarded: false }
  const mentions = (context.mentionedJid ?? []).flatMap((jid) => personOfJid(jid) ?? [])
  const ad = context.externalAdReply
  return {
    quotedWhatsappId: isWhatsappId(context.stanzaId) ? context.stanzaId : undefined,
    forwarded: context.isForwarded ?? false,
    mentions: mentions.length > 0 ? mentions : undefined,
    expiresAfterSeconds: context.expiration ?? undefined,
    // Link previews of every kind use the same part; an advertisement names what it advertises.
    ad: ad?.sourceId || ad?.ctwaClid ? adOf(ad) : undefined,
    answersStatus:
      context.remoteJid === 'status@broadcast' && context.stanzaId
        ? answeredStatus(normalizeMessageContent(context.quotedMessage ?? undefined), attachments)
        : undefined,
  }
}

/** It hangs on whichever part of the message is filled. */
function contextInfoOf(
  message: proto.IMessage | null | undefined,
): proto.IContextInfo | null | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  if (!content) return undefined
  const parts: readonly (
    | { readonly contextInfo?: proto.IContextInfo | null }
    | null
    | undefined
  )[] = [
    content.extendedTextMessage,
    content.imageMessage,
    content.videoMessage,
    content.ptvMessage,
    content.audioMessage,
    content.documentMessage,
    content.stickerMessage,
    content.locationMessage,
    content.liveLocationMessage,
    content.contactMessage,
    content.contactsArrayMessage,
    content.interactiveMessage,
    content.templateMessage,
    content.buttonsMessage,
    content.listMessage,
    content.buttonsResponseMessage,
    content.templateButtonReplyMessage,
    content.listResponseMessage,
    content.interactiveResponseMessage,
    content.productMessage,
    content.orderMessage,
    content.pollCreationMessage,
    content.pollCreationMessageV2,
    content.pollCreationMessageV3,
    content.eventMessage,
    content.groupInviteMessage,
    content.newsletterAdminInviteMessage,
  ]
  return parts.find((part) => part?.contextInfo)?.contextInfo
}

function adOf(ad: proto.ContextInfo.IExternalAdReplyInfo): AdReply {
  return {
    title: ad.title ?? '',
    body: ad.body ?? '',
    mediaType: ad.mediaType ?? 0,
    thumbnailUrl: ad.thumbnailUrl ?? '',
    sourceType: ad.sourceType ?? '',
    sourceId: ad.sourceId ?? '',
    sourceUrl: ad.sourceUrl ?? '',
    clickId: ad.ctwaClid ?? '',
    containsAutoReply: ad.containsAutoReply ?? false,
    renderLargerThumbnail: ad.renderLargerThumbnail ?? false,
    showAdAttribution: ad.showAdAttribution ?? false,
  }
}
