/**
 * What of an incoming message we tell about: text, and codes to copy in every
 * form that WhatsApp knows for them. Everything else is `undefined`.
 *
 * Only the form differs between senders: unofficial clients send an interactive
 * message, the Cloud API and some web clients a template whose button leads to
 * WhatsApp's OTP address. Log-in codes of the Cloud API never reach a linked
 * device: a placeholder comes in their place, and no resend brings the content.
 */

import { normalizeMessageContent, proto } from 'baileys'
import type { IncomingContent } from '../domain/message.js'

type CopyCode = Extract<IncomingContent, { kind: 'copy-code' }>
type CopyButton = CopyCode['buttons'][number]

export function incomingContent(
  message: proto.IMessage | null | undefined,
): IncomingContent | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  if (!content) return undefined

  if (isMasked(content)) return { kind: 'masked' }

  const card = cardOf(content)
  if (card) {
    const { texts, buttons } = card
    if (buttons.length > 0) return { kind: 'copy-code', ...texts, buttons }
    return texts.text === '' ? undefined : { kind: 'text', text: texts.text }
  }

  const text = content.conversation || content.extendedTextMessage?.text
  return text ? { kind: 'text', text } : undefined
}

/** The quote and the forwarding mark; they hang on whichever part of the message is filled. */
export function contextOf(
  message: proto.IMessage | null | undefined,
): proto.IContextInfo | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  return (
    content?.extendedTextMessage?.contextInfo ??
    content?.interactiveMessage?.contextInfo ??
    content?.templateMessage?.contextInfo ??
    content?.buttonsMessage?.contextInfo ??
    undefined
  )
}

/**
 * The code behind WhatsApp's OTP address, as WhatsApp Web reads it: all that
 * follows `otp/copy/`, or the parameter `code` less one leading `otp`.
 */
export function codeOfOtpUrl(url: string): string | undefined {
  const copy = 'https://www.whatsapp.com/otp/copy/'
  if (url.startsWith(copy)) return url.slice(copy.length) || undefined
  if (!url.startsWith('https://www.whatsapp.com/otp/code') || !URL.canParse(url)) return undefined
  return new URL(url).searchParams.get('code')?.replace(/^otp/, '') || undefined
}

/** A message with buttons, whichever of its forms it has. */
interface Card {
  readonly texts: Pick<CopyCode, 'text' | 'title' | 'footer'>
  readonly buttons: readonly CopyButton[]
}

function cardOf(content: proto.IMessage): Card | undefined {
  const template = content.templateMessage ?? content.highlyStructuredMessage?.hydratedHsm
  const interactive = content.interactiveMessage ?? template?.interactiveMessageTemplate
  if (interactive) return interactiveCard(interactive)

  const hydrated = template?.hydratedTemplate ?? template?.hydratedFourRowTemplate
  if (hydrated) return templateCard(hydrated)

  return content.buttonsMessage ? buttonsCard(content.buttonsMessage) : undefined
}

function interactiveCard(message: proto.Message.IInteractiveMessage): Card {
  return {
    texts: {
      text: message.body?.text ?? '',
      title: message.header?.title ?? '',
      footer: message.footer?.text ?? '',
    },
    buttons: (message.nativeFlowMessage?.buttons ?? []).flatMap((button) =>
      button.name === 'cta_copy' ? copyButton(button.buttonParamsJson) : [],
    ),
  }
}

function templateCard(template: proto.Message.TemplateMessage.IHydratedFourRowTemplate): Card {
  return {
    texts: {
      text: template.hydratedContentText ?? '',
      title: template.hydratedTitleText ?? '',
      footer: template.hydratedFooterText ?? '',
    },
    buttons: (template.hydratedButtons ?? []).flatMap(({ urlButton }) => {
      const code = codeOfOtpUrl(urlButton?.url ?? '')
      return code === undefined ? [] : [{ text: urlButton?.displayText ?? '', code }]
    }),
  }
}

function buttonsCard(message: proto.Message.IButtonsMessage): Card {
  return {
    texts: {
      text: message.contentText ?? '',
      title: message.text ?? '',
      footer: message.footerText ?? '',
    },
    buttons: (message.buttons ?? []).flatMap(({ nativeFlowInfo }) =>
      nativeFlowInfo?.name === 'cta_copy' ? copyButton(nativeFlowInfo.paramsJson) : [],
    ),
  }
}

/** Empty when the sender's JSON is none or holds no code: a stranger wrote it. */
function copyButton(json: string | null | undefined): readonly CopyButton[] {
  let params: unknown
  try {
    params = JSON.parse(json ?? '')
  } catch {
    return []
  }
  if (typeof params !== 'object' || params === null) return []
  const code = 'copy_code' in params ? asText(params.copy_code) : ''
  if (code === '') return []
  return [{ text: 'display_text' in params ? asText(params.display_text) : '', code }]
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function isMasked(content: proto.IMessage): boolean {
  const { MASK_LINKED_DEVICES } = proto.Message.PlaceholderMessage.PlaceholderType
  return (
    !!content.placeholderMessage && (content.placeholderMessage.type ?? 0) === MASK_LINKED_DEVICES
  )
}
