import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MessageView } from '../../simulator/src/control-answers.js'
import { type Calendar, clockOf, dayOf, daysOf, stampOf } from './days.js'
import { phoneTexts } from './words.js'

const saoPaulo: Calendar = { language: 'pt', timeZone: 'America/Sao_Paulo' }
const london: Calendar = { language: 'en', timeZone: 'Europe/London' }
const now = Date.parse('2026-11-23T15:00:00Z')
const at = (moment: string): number => Date.parse(moment)

function messageAt(moment: number): MessageView {
  return {
    id: `${moment}`,
    key: `${moment}`,
    chat: '5511999990001',
    from: '5511999990001',
    fromMe: false,
    at: moment,
    text: '',
    view: { kind: 'text', parts: [] },
    files: {},
    buttons: [],
    state: { reactions: [], votes: [], answers: [] },
    shows: { android: true, ios: true, web: true },
    drawn: { android: 'whole', ios: 'whole', web: 'whole' },
    status: 'delivered',
  }
}

describe('a moment', () => {
  test('has the time of its zone', () => {
    expect(clockOf(now, saoPaulo)).toBe('12:00')
    expect(clockOf(at('2026-11-23T00:05:00Z'), london)).toBe('00:05')
  })

  test.each([
    ['2026-11-23T03:00:00Z', 'Hoje', '00:00'],
    ['2026-11-23T02:59:00Z', 'Ontem', 'Ontem'],
    ['2026-11-20T12:00:00Z', 'Sexta-feira', '20/11/2026'],
    ['2026-11-16T12:00:00Z', '16 de novembro de 2026', '16/11/2026'],
  ])('%s is called %s in the chat and %s in the list', (moment, day, stamp) => {
    expect(dayOf(at(moment), now, saoPaulo, phoneTexts.pt)).toBe(day)
    expect(stampOf(at(moment), now, saoPaulo, phoneTexts.pt)).toBe(stamp)
  })

  test('is named in English, too', () => {
    expect(dayOf(now, now, london, phoneTexts.en)).toBe('Today')
    expect(dayOf(at('2026-11-20T12:00:00Z'), now, london, phoneTexts.en)).toBe('Friday')
  })

  test('of tomorrow is a date', () => {
    expect(dayOf(at('2026-11-24T15:00:00Z'), now, london, phoneTexts.en)).toBe('24 November 2026')
  })
})

describe('days', () => {
  test('are cut at midnight of the zone', () => {
    const moments = ['2026-11-22T20:00:00Z', '2026-11-23T02:00:00Z', '2026-11-23T04:00:00Z']
    const messages = moments.map((moment) => messageAt(at(moment)))
    const sizes = (calendar: Calendar) =>
      daysOf(messages, calendar).map((day) => day.messages.length)
    expect(sizes(saoPaulo)).toEqual([2, 1])
    expect(sizes(london)).toEqual([1, 2])
  })

  test('hold every message once, in its order, and no neighbours have one name', () => {
    const moments = array(integer({ min: 200_000_000, max: 4_000_000_000_000 }), { maxLength: 30 })
    assert(
      property(moments, (unsorted) => {
        const messages = unsorted.toSorted((one, other) => one - other).map(messageAt)
        const days = daysOf(messages, saoPaulo)
        expect(days.flatMap((day) => day.messages)).toEqual(messages)
        const dates = days.map((day) => stampOf(day.at, 0, saoPaulo, phoneTexts.pt))
        expect(new Set(dates).size).toBe(dates.length)
      }),
      { numRuns: 50 },
    )
  })
})
