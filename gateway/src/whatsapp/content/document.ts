import type { DocumentContent } from '../../domain/content/document.js'
import type { ToWire } from './wire-message.js'

export const documentToWire: ToWire<DocumentContent> = (content, { uploaded }) => {
  const { fileName, mimeType, caption } = content
  const file = uploaded('document').documentMessage
  const document = { ...file, fileName, title: fileName, mimetype: mimeType }
  const message = { documentMessage: caption === '' ? document : { ...document, caption } }
  return { message, additionalNodes: [] }
}
