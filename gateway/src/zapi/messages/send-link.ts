import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { imageSourceOf } from '../from-zapi.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'

export const sendLink = send({
  path: '/send-link',
  summary: 'Sends a text with a preview of a page.',
  description:
    'The preview is what the call says: the page is not read. If linkUrl is not in the text, it is put at its end. Every linkType shows the small preview.',
  body: {
    message: Type.String({ minLength: 1, maxLength: 65_536, description: 'The text.' }),
    linkUrl: Type.String({
      minLength: 1,
      maxLength: 2_048,
      description: 'The address of the page: https://… or http://….',
    }),
    title: Type.Optional(
      Type.String({
        maxLength: 300,
        description: 'Of the preview. The name of the host if it is not given.',
      }),
    ),
    linkDescription: Type.Optional(
      Type.String({ maxLength: 1_000, description: 'Of the preview.' }),
    ),
    image: Type.Optional(
      Type.String({
        description: 'Of the preview: a URL, or base64 of at most 5 MB.',
        'x-file': 'image/*',
      }),
    ),
    ...replyAttributes,
  },
  takes: 'file',
  example: {
    phone: '5511999999999',
    message: 'Leia: https://example.com',
    linkUrl: 'https://example.com',
    title: 'Exemplo',
    linkDescription: 'Uma página de exemplo',
    image: 'https://example.com/logo.png',
  },
  content: ({ message, linkUrl, title, linkDescription, image }, { isAllowedAddress }) => {
    const url = pageOf(linkUrl)
    return {
      kind: 'link',
      text: message.includes(url) ? message : `${message}\n${url}`,
      url,
      title: title || new URL(url).hostname,
      description: linkDescription ?? '',
      image: image ? imageSourceOf(image, isAllowedAddress) : undefined,
    }
  },
})

/** Throws `InvalidRequestError`. */
function pageOf(linkUrl: string): string {
  const url = linkUrl.trim()
  if (/^https?:\/\//iu.test(url) && URL.canParse(url)) return url
  throw new InvalidRequestError('linkUrl must be an address that begins with https:// or http://')
}
