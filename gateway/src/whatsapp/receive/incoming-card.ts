/**
 * Messages with buttons, in every form that WhatsApp knows for them, and the
 * answers that a tap on a button gives.
 *
 * Only the form differs between senders: unofficial clients send an interactive
 * message, the Cloud API and some web clients a template whose button leads to
 * WhatsApp's OTP address.
 */

import type { proto } from 'baileys'
import type {
  Card,
  CardButton,
  CardHeader,
  IncomingContent,
} from '../../domain/incoming-content.js'
import { codeOfOtpUrl } from '../../domain/otp-url.js'
import type { Attachments } from './attachments.js'
import { placeOf } from './incoming-share.js'
import { readParameters, textIn } from './native-flow.js'
import { orderContent } from './incoming-order.js'

export function cardContent(
  content: proto.IMessage,
  attachments: Attachments,
): IncomingContent | undefined {
  const template = content.templateMessage ?? content.highlyStructuredMessage?.hydratedHsm
  const interactive = content.interactiveMessage ?? template?.interactiveMessageTemplate
  if (interactive) return interactiveContent(interactive, attachments)

  const hydrated = template?.hydratedTemplate ?? template?.hydratedFourRowTemplate
  if (hydrated) return contentOfCard(templateCard(hydrated, attachments), 'template')

  const { buttonsMessage, listMessage } = content
  if (buttonsMessage) return buttonsContent(buttonsMessage, attachments)
  if (!listMessage) return undefined
  return {
    kind: 'text',
    text: [listMessage.title, listMessage.description].filter(Boolean).join('\n'),
  }
}

/** What a person chose. */
export function replyContent(content: proto.IMessage): IncomingContent | undefined {
  const { buttonsResponseMessage: button, templateButtonReplyMessage: reply } = content
  if (button)
    return {
      kind: 'button-reply',
      id: button.selectedButtonId ?? '',
      text: button.selectedDisplayText ?? '',
    }
  if (reply)
    return {
      kind: 'button-reply',
      id: reply.selectedId ?? '',
      text: reply.selectedDisplayText ?? '',
    }

  const { listResponseMessage: list, interactiveResponseMessage: interactive } = content
  if (list)
    return {
      kind: 'list-reply',
      rowId: list.singleSelectReply?.selectedRowId ?? '',
      title: list.title ?? '',
      text: list.description ?? '',
    }
  const flow = interactive?.nativeFlowResponseMessage
  if (!flow) return undefined
  const parameters = readParameters(flow.paramsJson)
  const text = interactive?.body?.text || textIn(parameters, 'display_text')
  const id = textIn(parameters, 'id')
  // The rows of a list come back under the flow's name, buttons under their own.
  if (flow.name === 'single_select' || flow.name === 'menu_options')
    return { kind: 'list-reply', rowId: id, title: text, text: textIn(parameters, 'description') }
  return { kind: 'button-reply', id, text }
}

function interactiveContent(
  message: proto.Message.IInteractiveMessage,
  attachments: Attachments,
): IncomingContent | undefined {
  const flows = message.nativeFlowMessage?.buttons ?? []
  for (const { name, buttonParamsJson } of flows) {
    const order = orderContent(name ?? '', readParameters(buttonParamsJson))
    if (order) return order
  }
  const cards = message.carouselMessage?.cards
  if (cards?.length)
    return {
      kind: 'carousel',
      text: message.body?.text ?? '',
      cards: cards.map((card) => interactiveCard(card, attachments)),
    }
  return contentOfCard(interactiveCard(message, attachments), 'free')
}

/**
 * A card that only copies codes is what receivers wait for, so it has a kind
 * of its own; a card with nothing but text is a text, unless it is a template.
 */
function contentOfCard(card: Card, origin: 'template' | 'free'): IncomingContent | undefined {
  const { text, title, footer, header, buttons } = card
  const codes = buttons.flatMap((button) => (button.kind === 'copy' ? [button] : []))
  if (header === undefined && codes.length > 0 && codes.length === buttons.length) {
    const shown = codes.map((button) => ({ text: button.text, code: button.code }))
    return { kind: 'copy-code', text, title, footer, buttons: shown }
  }
  if (header !== undefined || buttons.length > 0) return { kind: 'card', ...card }
  if (text === '') return undefined
  return origin === 'template' ? { kind: 'card', ...card } : { kind: 'text', text }
}

function interactiveCard(
  message: proto.Message.IInteractiveMessage,
  attachments: Attachments,
): Card {
  return {
    header: headerOf(message.header ?? {}, attachments),
    text: message.body?.text ?? '',
    title: message.header?.title ?? '',
    footer: message.footer?.text ?? '',
    templateId: '',
    buttons: (message.nativeFlowMessage?.buttons ?? []).flatMap((button) =>
      flowButton(button.name ?? '', button.buttonParamsJson),
    ),
  }
}

function templateCard(
  template: proto.Message.TemplateMessage.IHydratedFourRowTemplate,
  attachments: Attachments,
): Card {
  return {
    header: headerOf(template, attachments),
    text: template.hydratedContentText ?? '',
    title: template.hydratedTitleText ?? '',
    footer: template.hydratedFooterText ?? '',
    templateId: template.templateId ?? '',
    buttons: (template.hydratedButtons ?? []).flatMap(templateButton),
  }
}

function templateButton(button: proto.IHydratedTemplateButton): readonly CardButton[] {
  const { urlButton, quickReplyButton, callButton } = button
  if (urlButton) {
    const text = urlButton.displayText ?? ''
    const url = urlButton.url ?? ''
    const code = codeOfOtpUrl(url)
    return [code === undefined ? { kind: 'url', text, url } : { kind: 'copy', text, code }]
  }
  if (quickReplyButton) {
    const { displayText, id } = quickReplyButton
    return [{ kind: 'reply', text: displayText ?? '', id: id ?? '' }]
  }
  if (!callButton) return []
  const { displayText, phoneNumber } = callButton
  return [{ kind: 'call', text: displayText ?? '', phone: phoneNumber ?? '' }]
}

function buttonsContent(
  message: proto.Message.IButtonsMessage,
  attachments: Attachments,
): IncomingContent | undefined {
  const text = message.contentText ?? ''
  const codes = (message.buttons ?? []).flatMap(({ nativeFlowInfo }) =>
    nativeFlowInfo?.name === 'cta_copy' ? flowButton('cta_copy', nativeFlowInfo.paramsJson) : [],
  )
  if (codes.length > 0) {
    const { text: title, footerText } = message
    const card = { text, title: title ?? '', footer: footerText ?? '', templateId: '' }
    return contentOfCard(
      { ...card, header: headerOf(message, attachments), buttons: codes },
      'free',
    )
  }
  const buttons = (message.buttons ?? []).map(({ buttonId, buttonText }) => ({
    id: buttonId ?? '',
    text: buttonText?.displayText ?? '',
  }))
  const { imageMessage, videoMessage } = message
  const image = imageMessage ? attachments.image(imageMessage) : undefined
  const video = videoMessage ? attachments.video(videoMessage) : undefined
  if (buttons.length > 0 || image || video) return { kind: 'buttons', text, image, video, buttons }
  return text === '' ? undefined : { kind: 'text', text }
}

function headerOf(
  from: Pick<
    proto.Message.InteractiveMessage.IHeader,
    'imageMessage' | 'videoMessage' | 'documentMessage' | 'locationMessage'
  >,
  attachments: Attachments,
): CardHeader | undefined {
  const { imageMessage, videoMessage, documentMessage, locationMessage } = from
  if (imageMessage) return { kind: 'image', image: attachments.image(imageMessage) }
  if (videoMessage) return { kind: 'video', video: attachments.video(videoMessage) }
  if (documentMessage) return { kind: 'document', document: attachments.document(documentMessage) }
  return locationMessage ? { kind: 'location', place: placeOf(locationMessage) } : undefined
}

/** Empty when the sender's JSON is none or says nothing: a stranger wrote it. */
function flowButton(name: string, json: string | null | undefined): readonly CardButton[] {
  const parameters = readParameters(json)
  const text = textIn(parameters, 'display_text')
  switch (name) {
    case 'cta_copy': {
      const code = textIn(parameters, 'copy_code')
      return code === '' ? [] : [{ kind: 'copy', text, code }]
    }
    case 'cta_url': {
      const url = textIn(parameters, 'url')
      const code = codeOfOtpUrl(url)
      if (code !== undefined) return [{ kind: 'copy', text, code }]
      return url === '' ? [] : [{ kind: 'url', text, url }]
    }
    case 'quick_reply':
      return text === '' ? [] : [{ kind: 'reply', text, id: textIn(parameters, 'id') }]
    case 'cta_call': {
      const phone = textIn(parameters, 'phone_number')
      return phone === '' ? [] : [{ kind: 'call', text, phone }]
    }
    default:
      return []
  }
}
