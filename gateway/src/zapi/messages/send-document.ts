import mime from 'mime'
import { Type } from 'typebox'
import { edit } from '../../domain/content/edit.js'
import { largeFileSourceOf } from '../from-zapi.js'
import { earlierId, replyAttributes } from '../message-context.js'
import { longestCaption, send } from '../send.js'

export const sendDocument = send({
  path: '/send-document/:extension',
  aliases: ['/send-document'],
  summary: 'Sends a file of any type as a document.',
  description: 'Without an extension in the path, that of fileName counts.',
  params: {
    extension: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9]{1,10}$',
        description: 'Of the file, without dot.',
        examples: ['pdf'],
      }),
    ),
  },
  body: {
    document: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 100 MB.',
      'x-file': '*/*',
    }),
    fileName: Type.Optional(
      Type.String({ maxLength: 200, description: 'As the phone shows it. "document" if unset.' }),
    ),
    caption: Type.Optional(
      Type.String({ maxLength: longestCaption, description: 'The text below it.' }),
    ),
    editDocumentMessageId: Type.Optional(
      earlierId('An own message, whose caption is changed. The file stays as it is.'),
    ),
    ...replyAttributes,
  },
  takes: 'large-file',
  example: {
    phone: '5511999999999',
    document: 'https://example.com/contrato.pdf',
    fileName: 'contrato.pdf',
  },
  content: (
    { document, fileName, caption = '', editDocumentMessageId: edited },
    modules,
    { extension },
  ) => {
    if (edited !== undefined) return edit(edited, caption, 'caption')
    const name = nameWith(fileName, extension)
    return {
      kind: 'document',
      document: largeFileSourceOf(document, 'document', 'document', modules),
      fileName: name,
      mimeType: mime.getType(name) ?? 'application/octet-stream',
      caption,
    }
  },
})

/** Phones choose the app that opens a file by the ending of its name. */
function nameWith(fileName = 'document', extension: string | undefined): string {
  // What stands before a slash is no part of a name.
  const name = fileName.replace(/^.*[/\\]/u, '')
  if (extension === undefined || name.toLowerCase().endsWith(`.${extension.toLowerCase()}`))
    return name
  return `${name}.${extension}`
}
