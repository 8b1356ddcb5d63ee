import { proto } from 'baileys'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PreparedFile } from '../../domain/content/files.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { ButtonShape } from './biz.js'
import { toWire } from './index.js'

const at = Date.UTC(2026, 10, 22)
const uploaded = { url: 'https://media.example/x', mimetype: 'image/jpeg', width: 4, height: 3 }
const source = { kind: 'url', url: 'https://example.com/a.png' } as const
const thumbnail = Buffer.from([2])

const wireOf = (
  content: MessageContent,
  media: proto.IMessage | undefined,
  shape: ButtonShape = 'full',
) => {
  const file: PreparedFile = { bytes: Buffer.from([1]), mimeType: 'image/jpeg', thumbnail }
  const prepared = new Map([['image', file]])
  const files = new Map(
    media === undefined ? [] : [['image', media] as const, ['document', media] as const],
  )
  return toWire(content, { prepared, uploaded: files }, { shape, at })
}

function sent(message: proto.IMessage): proto.IMessage {
  return proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish())
}

describe('a code to copy', () => {
  it('is an unwrapped interactive message with exactly one biz node beside it', () => {
    const { message, additionalNodes } = wireOf(
      { kind: 'otp-button', text: 'Seu código', code: '123456', buttonText: 'Copiar código' },
      undefined,
      'full',
    )

    expect(message).toEqual({
      interactiveMessage: {
        body: { text: 'Seu código' },
        nativeFlowMessage: {
          buttons: [
            {
              name: 'cta_copy',
              buttonParamsJson: '{"display_text":"Copiar código","copy_code":"123456"}',
            },
          ],
          messageParamsJson: '{}',
          messageVersion: 1,
        },
      },
    })
    expect(additionalNodes).toEqual([
      {
        tag: 'biz',
        attrs: { actual_actors: '2', host_storage: '2', privacy_mode_ts: '1795305600' },
        content: [
          {
            tag: 'interactive',
            attrs: { type: 'native_flow', v: '1' },
            content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
          },
          {
            tag: 'quality_control',
            attrs: {
              decision_id: expect.stringMatching(/^[0-9a-f]{40}$/),
              source_type: 'third_party',
            },
            content: [{ tag: 'decision_source', attrs: { value: 'df' } }],
          },
        ],
      },
    ])
  })

  it('keeps only the part that is known to be required in the minimal shape', () => {
    const { additionalNodes } = wireOf(
      { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b' },
      undefined,
      'minimal',
    )
    expect(additionalNodes).toEqual([
      {
        tag: 'biz',
        attrs: {},
        content: [
          {
            tag: 'interactive',
            attrs: { type: 'native_flow', v: '1' },
            content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
          },
        ],
      },
    ])
  })

  it('carries an uploaded image in its header and the text in its body', () => {
    const { message } = wireOf(
      { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b', image: source },
      { imageMessage: uploaded },
    )
    const interactive = sent(message).interactiveMessage
    expect(interactive?.header).toMatchObject({ hasMediaAttachment: true, imageMessage: uploaded })
    expect(interactive?.header?.imageMessage?.caption).toBeFalsy()
    expect(interactive?.body?.text).toBe('a')
  })

  it('never leaves without the image it was given', () => {
    const content = { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b' } as const
    expect(() => wireOf({ ...content, image: source }, undefined, 'full')).toThrow(TypeError)
  })

  it('arrives with any code, whatever its characters', () => {
    const anyText = fc.string({ minLength: 1, maxLength: 2048, unit: 'grapheme' })
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, code, buttonText) => {
        const { message } = wireOf(
          { kind: 'otp-button', text, code, buttonText },
          undefined,
          'full',
        )
        const { body, nativeFlowMessage } = sent(message).interactiveMessage ?? {}
        expect(body?.text).toBe(text)
        const params: unknown = JSON.parse(nativeFlowMessage?.buttons?.[0]?.buttonParamsJson ?? '')
        expect(params).toEqual({ display_text: buttonText, copy_code: code })
      }),
    )
  })
})

describe('plain text', () => {
  it('goes without any node beside it', () => {
    expect(wireOf({ kind: 'text', text: 'olá' }, undefined, 'full')).toEqual({
      message: { extendedTextMessage: { text: 'olá' } },
      additionalNodes: [],
    })
  })
})

describe('an image', () => {
  it('carries its caption', () => {
    const content = { kind: 'image', image: source, caption: 'olá' } as const
    expect(wireOf(content, { imageMessage: uploaded })).toEqual({
      message: { imageMessage: { ...uploaded, caption: 'olá' } },
      additionalNodes: [],
    })
  })
})

describe('a document', () => {
  const content = {
    kind: 'document',
    document: source,
    fileName: 'contrato.pdf',
    mimeType: 'application/pdf',
  } as const
  const media = { url: 'https://media.example/x', mimetype: 'application/octet-stream' }

  it('shows its name, and the icon of its type', () => {
    const { message } = wireOf({ ...content, caption: '' }, { documentMessage: media })
    expect(message.documentMessage).toEqual({
      url: media.url,
      mimetype: 'application/pdf',
      fileName: 'contrato.pdf',
      title: 'contrato.pdf',
    })
  })

  it('carries its caption', () => {
    const { message } = wireOf({ ...content, caption: 'Assine' }, { documentMessage: media })
    expect(message.documentMessage?.caption).toBe('Assine')
  })
})

describe('a link', () => {
  it('brings the card that phones draw under the text', () => {
    const text = 'Veja https://example.com'
    const card = { url: 'https://example.com', title: 'Exemplo', description: 'Uma página' }
    const { message } = wireOf({ kind: 'link', text, ...card, image: source }, undefined)
    expect(message.extendedTextMessage).toEqual({
      text,
      matchedText: 'https://example.com',
      title: 'Exemplo',
      description: 'Uma página',
      previewType: 0,
      jpegThumbnail: thumbnail,
    })
  })
})
