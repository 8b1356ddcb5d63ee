import { proto } from 'baileys'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBaileys } from './to-baileys.js'

const at = Date.UTC(2026, 10, 22)
const uploaded = { url: 'https://media.example/x', mimetype: 'image/jpeg', width: 4, height: 3 }
const prepared = { jpeg: Buffer.from([1]), thumbnail: Buffer.from([2]), width: 4, height: 3 }

function sent(message: proto.IMessage): proto.IMessage {
  return proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish())
}

describe('a code to copy', () => {
  it('is an unwrapped interactive message with exactly one biz node beside it', () => {
    const { message, additionalNodes } = toBaileys(
      { kind: 'otp-button', text: 'Seu código', code: '123456', buttonText: 'Copiar código' },
      undefined,
      'full',
      at,
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
    const { additionalNodes } = toBaileys(
      { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b' },
      undefined,
      'minimal',
      at,
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
    const { message } = toBaileys(
      { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b', image: prepared },
      uploaded,
      'full',
      at,
    )
    const interactive = sent(message).interactiveMessage
    expect(interactive?.header).toMatchObject({ hasMediaAttachment: true, imageMessage: uploaded })
    expect(interactive?.header?.imageMessage?.caption).toBeFalsy()
    expect(interactive?.body?.text).toBe('a')
  })

  it('never leaves without the image it was given', () => {
    const content = { kind: 'otp-button', text: 'a', code: '1', buttonText: 'b' } as const
    expect(() => toBaileys({ ...content, image: prepared }, undefined, 'full', at)).toThrow(
      TypeError,
    )
  })

  it('arrives with any code, whatever its characters', () => {
    const anyText = fc.string({ minLength: 1, maxLength: 2048, unit: 'grapheme' })
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, code, buttonText) => {
        const { message } = toBaileys(
          { kind: 'otp-button', text, code, buttonText },
          undefined,
          'full',
          at,
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
    expect(toBaileys({ kind: 'text', text: 'olá' }, undefined, 'full', at)).toEqual({
      message: { extendedTextMessage: { text: 'olá' } },
      additionalNodes: [],
    })
  })

  it('is the caption of its image', () => {
    const { message } = toBaileys(
      { kind: 'text', text: 'olá', image: prepared },
      uploaded,
      'full',
      at,
    )
    expect(message).toEqual({ imageMessage: { ...uploaded, caption: 'olá' } })
  })
})
