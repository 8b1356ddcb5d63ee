import { expect, test } from 'vitest'
import { anyFile, drawnOf } from '../../test/support/drawn.js'

const document = {
  ...anyFile,
  mimetype: 'application/pdf',
  fileName: 'nota.pdf',
  pageCount: 3,
  caption: 'Nota fiscal',
}

test.each([
  ['bare', { documentMessage: document }],
  ['in its wrapper', { documentWithCaptionMessage: { message: { documentMessage: document } } }],
])('a document %s has its name, its pages and its caption', (_how, message) => {
  const { view, files } = drawnOf(message)
  expect(view.kind).toBe('document')
  expect(view.parts).toMatchObject([
    { type: 'media', form: 'document', fileName: 'nota.pdf', pages: 3, byteLength: 12 },
    { type: 'text', text: 'Nota fiscal' },
  ])
  expect(files.get('0')).toMatchObject({ type: 'document', mimetype: 'application/pdf' })
})
