import { expect, it } from 'vitest'
import type { AlertNotice } from '../domain/alert.js'
import { textOf } from './alert-texts.js'
import { withLocalMoments } from './local-moments.js'

const text = 'until 2026-12-01T10:00Z.'

it.each([
  ['en', 'America/Sao_Paulo', 'until 1 Dec 2026, 07:00 GMT-3.'],
  ['pt', 'America/Sao_Paulo', 'until 1 de dez. de 2026, 07:00 BRT.'],
  ['en', 'UTC', 'until 1 Dec 2026, 10:00 UTC.'],
] as const)('writes moments in %s with the time zone %s', (language, timeZone, written) => {
  expect(withLocalMoments(text, language, timeZone)).toBe(written)
})

it.each(['en', 'pt'] as const)(
  'writes the end of a restriction so in the text in %s',
  (language) => {
    const until = Date.parse('2026-12-01T10:00:00Z')
    const opened = [{ kind: 'number-restricted', instanceName: 'Loja', until, since: 0 }] as const
    const notice: AlertNotice = {
      id: 'x',
      at: 0,
      isTest: false,
      opened,
      repeated: [],
      recovered: [],
    }
    expect(textOf(notice, language)).toContain(withLocalMoments('2026-12-01T10:00Z', language))
  },
)
