import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf, delayMsOf, digitsOf, recipientOf, withoutBlanks } from './from-zapi.js'

describe('phone', () => {
  it.each([
    ['5511999999999', '5511999999999'],
    [5511999999999, '5511999999999'],
    ['+55 (11) 99999-9999', '5511999999999'],
    [' 55.11.99999.9999 ', '5511999999999'],
    ['55/11/999999999', '5511999999999'],
    ['+1 555-123-4567', '15551234567'],
    ['13135550002', '13135550002'],
    ['0055 11 99999-9999', '5511999999999'],
    ['+55 (0)11 99999-9999', '5511999999999'],
    ['+33 (0)6 12 34 56 78', '33612345678'],
    ['+39 06 1234 5678', '390612345678'],
  ])('%s is a person', (phone, digits) => {
    expect(recipientOf(phone)).toEqual({ kind: 'person', phone: digits })
  })

  it.each([
    ['120363019502650977-group', '120363019502650977'],
    ['5511999999999-1623281429', '5511999999999-1623281429'],
    ['5511999999999-1623281429-group', '5511999999999-1623281429'],
  ])('%s is a group', (phone, group) => {
    expect(recipientOf(phone)).toEqual({ kind: 'group', group })
  })

  it('…@lid is a person without a number', () => {
    expect(recipientOf('999999999999999@lid')).toEqual({ kind: 'lid', lid: '999999999999999' })
  })

  it.each([
    undefined,
    null,
    '',
    '   ',
    '+',
    '()',
    'Maria',
    '5511x99999999',
    '5511999999999@s.whatsapp.net',
    '5511999999999@c.us',
    'abc@lid',
    '12:3@lid',
    '-group',
    'abc-group',
    '１２３４５６７８',
    '1'.repeat(21),
    -5511999999999,
    5511.5,
    Number.NaN,
    2 ** 60,
    true,
    ['5511999999999'],
    {},
  ])('%j is refused', (phone) => {
    expect(() => recipientOf(phone)).toThrow('Invalid phone')
  })

  it.each(['011 99999-9999', '(0)6 12 34 56 78'])(
    '%s is refused: its country code is missing',
    (phone) => {
      expect(() => recipientOf(phone)).toThrow(/^Invalid phone: it begins with 0/u)
    },
  )

  it.each(['120363166555745933@newsletter', '1779474934@broadcast'])(
    '%s is refused with the reason',
    (phone) => {
      expect(() => recipientOf(phone)).toThrow(/^Invalid phone: channels and broadcast lists/u)
    },
  )

  it('is the same number whatever mask people write over it', () => {
    const digits = fc.stringMatching(/^[1-9]\d{7,14}$/u)
    const mask = fc.array(fc.constantFrom('', ' ', '.', '(', ')', '/', '+'), {
      minLength: 15,
      maxLength: 15,
    })
    fc.assert(
      fc.property(digits, mask, (number, marks) => {
        const masked = number.replace(/\d/gu, (digit, index) => `${marks[index] ?? ''}${digit}`)
        expect(digitsOf(masked)).toBe(digitsOf(number))
      }),
    )
  })
})

describe('delays', () => {
  it.each([
    [1, 1000],
    [15, 15_000],
    [2.5, 2500],
    ['5', 5000],
    [0.2, 1000],
    [16, 15_000],
    [1e9, 15_000],
  ])('%s counts as %i ms', (given, ms) => {
    expect(delayMsOf(given)).toBe(ms)
  })

  it.each([undefined, null, 0, '0', -1, '', ' ', 'soon', Number.NaN, true, [3], {}])(
    '%j counts as not given',
    (given) => {
      expect(delayMsOf(given)).toBeUndefined()
    },
  )

  it('is never outside one to fifteen seconds', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const ms = delayMsOf(given)
        expect(ms === undefined || (ms >= 1000 && ms <= 15_000)).toBe(true)
      }),
    )
  })
})

describe('a code', () => {
  it('keeps its leading zeros and may be a number', () => {
    expect(codeOf('001234')).toBe('001234')
    expect(codeOf(123456)).toBe('123456')
    expect(codeOf(0)).toBe('0')
  })

  it.each([1.5, 2 ** 53, 1e21, Number.POSITIVE_INFINITY])('%d is refused as a number', (code) => {
    expect(() => codeOf(code)).toThrow(/^code is not an exact whole number/u)
  })
})

it('leaves out what is blank and nothing else', () => {
  expect(withoutBlanks({ a: null, b: '', c: 0, d: false, e: ' ', f: [] })).toEqual({
    c: 0,
    d: false,
    e: ' ',
    f: [],
  })
  for (const body of [undefined, null, 'text', 7, [null, '']])
    expect(withoutBlanks(body)).toBe(body)
})
