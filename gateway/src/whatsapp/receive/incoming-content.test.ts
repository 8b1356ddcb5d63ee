import { proto } from 'baileys'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IncomingContent } from '../../domain/incoming-content.js'
import { newMediaId } from '../../runtime/ids.js'
import { Attachments } from './attachments.js'
import { codeOfOtpUrl } from '../../domain/otp-url.js'
import { incomingContent as contentOf } from './incoming-content.js'
import { toWire } from '../content/index.js'

const author = {
  chat: { kind: 'person', lid: '200' },
  sender: { lid: '200' },
  own: { lid: '100' },
  fromMe: false,
} as const

function buttonMessage(text: string, code: string, buttonText: string): proto.IMessage {
  const files = { prepared: new Map(), uploaded: new Map() }
  const content = { kind: 'otp-button', text, code, buttonText } as const
  return toWire(content, files, { shape: 'full', at: 0 }).message
}

function incomingContent(message: proto.IMessage | null | undefined): IncomingContent | undefined {
  return contentOf(message, author, new Attachments(newMediaId))
}

const otpUrl = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123'
const template = {
  hydratedContentText: 'Seu código',
  hydratedTitleText: 'Banco',
  hydratedFooterText: 'Não compartilhe',
  hydratedButtons: [{ index: 0, urlButton: { displayText: 'Copiar', url: otpUrl } }],
}
const fromTemplate = {
  kind: 'copy-code',
  text: 'Seu código',
  title: 'Banco',
  footer: 'Não compartilhe',
  buttons: [{ text: 'Copiar', code: '123' }],
}

describe('text', () => {
  it('is told about in both of its forms', () => {
    expect(incomingContent({ conversation: 'oi' })).toEqual({ kind: 'text', text: 'oi' })
    expect(incomingContent({ extendedTextMessage: { text: 'oi' } })).toEqual({
      kind: 'text',
      text: 'oi',
    })
  })

  it('is found inside a disappearing message', () => {
    const message = { ephemeralMessage: { message: { conversation: 'oi' } } }
    expect(incomingContent(message)).toEqual({ kind: 'text', text: 'oi' })
  })
})

describe('a code to copy', () => {
  it('is understood in the form that we send ourselves, whatever its characters', () => {
    const anyText = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' })
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, code, buttonText) => {
        expect(incomingContent(buttonMessage(text, code, buttonText))).toEqual({
          kind: 'copy-code',
          text,
          title: '',
          footer: '',
          buttons: [{ text: buttonText, code }],
        })
      }),
    )
  })

  it('is understood in every form of a template, wrapped or not', () => {
    for (const templateMessage of [
      { hydratedTemplate: template },
      { hydratedFourRowTemplate: template },
    ])
      expect(incomingContent({ templateMessage })).toEqual(fromTemplate)

    const hydratedHsm = { hydratedTemplate: template }
    expect(incomingContent({ highlyStructuredMessage: { hydratedHsm } })).toEqual(fromTemplate)

    const wrapped = { message: { templateMessage: { hydratedTemplate: template } } }
    for (const wrapper of [
      'documentWithCaptionMessage',
      'viewOnceMessage',
      'viewOnceMessageV2',
      'ephemeralMessage',
    ])
      expect(incomingContent({ [wrapper]: wrapped })).toEqual(fromTemplate)
  })

  it('is understood as an interactive template and as an old button', () => {
    const interactive = buttonMessage('a', '1', 'b').interactiveMessage
    const expected = {
      kind: 'copy-code',
      text: 'a',
      title: '',
      footer: '',
      buttons: [{ text: 'b', code: '1' }],
    }
    expect(
      incomingContent({ templateMessage: { interactiveMessageTemplate: interactive ?? null } }),
    ).toEqual(expected)
    expect(
      incomingContent({
        buttonsMessage: {
          contentText: 'a',
          buttons: [
            {
              nativeFlowInfo: {
                name: 'cta_copy',
                paramsJson: '{"display_text":"b","copy_code":1}',
              },
            },
          ],
        },
      }),
    ).toEqual(expected)
  })

  it('leaves the text when its button says nothing', () => {
    for (const buttonParamsJson of [
      '',
      '{',
      'null',
      '[]',
      '{"display_text":"b"}',
      '{"copy_code":{}}',
    ])
      expect(
        incomingContent({
          interactiveMessage: {
            body: { text: 'a' },
            nativeFlowMessage: { buttons: [{ name: 'cta_copy', buttonParamsJson }] },
          },
        }),
      ).toEqual({ kind: 'text', text: 'a' })
  })

  it('is not what leads elsewhere', () => {
    const hydratedButtons = [
      { urlButton: { displayText: 'Abrir', url: 'https://example.com/otp/code?code=1' } },
    ]
    expect(
      incomingContent({ templateMessage: { hydratedTemplate: { ...template, hydratedButtons } } }),
    ).toMatchObject({ kind: 'card', text: 'Seu código', buttons: [{ kind: 'url' }] })
  })
})

describe('the OTP address', () => {
  it('gives the code less one leading otp', () => {
    expect(codeOfOtpUrl(otpUrl)).toBe('123')
    expect(codeOfOtpUrl('https://www.whatsapp.com/otp/code/?code=otpotp1')).toBe('otp1')
    expect(codeOfOtpUrl('https://www.whatsapp.com/otp/code?code=a%20b')).toBe('a b')
    expect(codeOfOtpUrl('https://www.whatsapp.com/otp/copy/998')).toBe('998')
  })

  it('gives nothing where there is nothing', () => {
    for (const url of [
      '',
      'no url',
      'https://www.whatsapp.com/otp/code',
      'https://www.whatsapp.com/otp/copy/',
    ])
      expect(codeOfOtpUrl(url)).toBeUndefined()
  })
})

describe('everything else', () => {
  it('is masked when WhatsApp hides it from linked devices', () => {
    const { MASK_LINKED_DEVICES } = proto.Message.PlaceholderMessage.PlaceholderType
    expect(incomingContent({ placeholderMessage: { type: MASK_LINKED_DEVICES } })).toEqual({
      kind: 'masked',
    })
    expect(incomingContent({ placeholderMessage: {} })).toEqual({ kind: 'masked' })
  })

  it('is not told about', () => {
    for (const message of [
      undefined,
      null,
      {},
      { protocolMessage: {} },
      { senderKeyDistributionMessage: { groupId: '1@g.us' } },
      { messageContextInfo: {} },
      { conversation: '' },
    ])
      expect(incomingContent(message)).toBeUndefined()
  })
})
