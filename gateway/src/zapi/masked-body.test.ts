import { expect, test } from 'vitest'
import { maskedBody } from './masked-body.js'

const url = (code: string) =>
  `https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp${encodeURIComponent(code)}`
const button = (code: string) => ({
  urlButton: { displayText: 'Copiar', url: url(code) },
  index: 0,
})

const saying = (message: string) => ({ phone: '5511999990002', text: { message }, ids: ['3EB0'] })

test.each(['845201', 'AB-845201', 'ação 1'])('shows the code %s nowhere', (code) => {
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
