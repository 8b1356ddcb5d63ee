import { expect, test } from 'vitest'
import { maskedBody } from './masked-body.js'

const url = (code: string) =>
  `https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp${encodeURIComponent(code)}`
const button = (code: string) => ({
  urlButton: { displayText: 'Copiar', url: url(code) },
  index: 0,
})

const saying = (message: string) => ({ phone: '5511999990002', text: { message }, ids: ['3EB0'] })

test.each([
  '845201',
  'AB-845201',
  'ação 1',
  'otpOtp1',
  '!@#$%^a1',
  '_-_-_-7',
  'P@$$w0rd!',
  'a"b\\&c=',
])('shows the code %s nowhere', (code) => {
  const body = {
    phone: '5511999990002',
    momment: 1_795_402_613_000,
    hydratedTemplate: { message: `É ${code}.`, hydratedButtons: [button(code)] },
  }
  const shown = `••••${code.slice(-2)}`
  expect(maskedBody(JSON.stringify(body))).toEqual({
    ...body,
    hydratedTemplate: { message: `É ${shown}.`, hydratedButtons: [button(shown)] },
  })
})

test('shows no code in a caption, a footer, a button or a list', () => {
  const rendered = {
    image: { caption: 'É 845201', imageUrl: 'https://recado.example/media/845201' },
    hydratedTemplate: {
      hydratedButtons: [{ quickReplyButton: { id: '84520177', displayText: '8452 01' } }],
    },
    poll: { question: 'Qual?', options: [{ name: '845201' }, { name: 'Sim' }] },
    notificationParameters: ['845201'],
  }
  expect(maskedBody(JSON.stringify(rendered))).toEqual({
    image: { caption: 'É ••••01', imageUrl: 'https://recado.example/media/845201' },
    hydratedTemplate: {
      hydratedButtons: [{ quickReplyButton: { id: '84520177', displayText: '••••01' } }],
    },
    poll: { question: 'Qual?', options: [{ name: '••••01' }, { name: 'Sim' }] },
    notificationParameters: ['••••01'],
  })
})

test('shows no code of letters in the text that went in place of a button', () => {
  const body = { fromApi: true, text: { message: 'Código ABC-xyz!\n\nABC-xyz!' } }
  expect(maskedBody(JSON.stringify(body))).toEqual({
    fromApi: true,
    text: { message: 'Código ••••z!\n\n••••z!' },
  })
})

test('shows no code of two lines in the text that went in place of a button', () => {
  const body = { fromApi: true, text: { message: 'Chave\n\nab#c\nxyz!' } }
  expect(maskedBody(JSON.stringify(body))).toEqual({
    fromApi: true,
    text: { message: 'Chave\n\n••••z!' },
  })
})

test('shows no digits of a text that may be a code, and everything else', () => {
  const text = JSON.stringify(saying('Use 123 456 até 18h de 2026.'))
  expect(maskedBody(text)).toEqual(saying('Use ••••56 até 18h de ••••.'))
})

test('leaves a body without codes as it is', () => {
  const body = {
    type: 'DeliveryCallback',
    error: 'WhatsApp refused it (code 4711)',
    a: null,
    b: [1],
  }
  expect(maskedBody(JSON.stringify(body))).toEqual(body)
})
