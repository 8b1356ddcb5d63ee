import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

export interface DocumentContent {
  readonly kind: 'document'
  readonly document: FileSource
  /** As the phone shows it, with its extension. */
  readonly fileName: string
  readonly mimeType: string
  readonly caption: string
}

export const documentTraits: Traits<DocumentContent> = {
  text: ({ caption, fileName }) => caption || fileName,
  files: ({ document: source }) => [{ role: 'document', use: 'document', source }],
  asReceived: ({ fileName, mimeType, caption }) => ({
    kind: 'document',
    fileName,
    title: fileName,
    mimeType,
    caption,
    pageCount: 0,
  }),
}
