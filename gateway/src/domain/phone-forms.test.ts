import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formsOf, internationalForm, oneFormOf } from './phone-forms.js'

const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`), { size: 'max' })

describe('forms of a number', () => {
  it.each([
    ['Brazil', '553188887777', '5531988887777'],
    ['Mexico', '525512345678', '5215512345678'],
    ['Argentina', '541123456789', '5491123456789'],
  ])('are two in %s: with and without its mobile digit', (_country, without, withDigit) => {
    expect(formsOf(withDigit)).toEqual([withDigit, without])
    expect(formsOf(without)).toEqual([without, withDigit])
    expect(oneFormOf(without)).toBe(oneFormOf(withDigit))
  })

  it.each(['551133334444', '351912345678', '5511', '5211234567890', '549911234567', '14155550100'])(
    'of %s: one',
    (phone) => {
      expect(formsOf(phone)).toEqual([phone])
    },
  )

  it('never makes a landline out of a Brazilian mobile number', () => {
    expect(formsOf('5511941234567')).toEqual(['5511941234567'])
  })

  it('puts the form of the caller first, and either form leads to the other', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          digits(12),
          digits(13),
          ...['5511', '55119', '52', '521', '54', '549'].flatMap((start) => [
            digits(8).map((rest) => `${start}${rest}`),
            digits(10).map((rest) => `${start}${rest}`),
          ]),
        ),
        (phone) => {
          const forms = formsOf(phone)
          expect(forms[0]).toBe(phone)
          for (const form of forms)
            expect([...formsOf(form)].toSorted()).toEqual([...forms].toSorted())
        },
      ),
    )
  })
})

describe('prefixes that are dialled', () => {
  test.each([
    ['005511999990001', '5511999990001'],
    ['330612345678', '33612345678'],
    ['00330612345678', '33612345678'],
    ['55011999990001', '5511999990001'],
    ['390612345678', '390612345678'],
    ['2250712345678', '2250712345678'],
    ['5511999990001', '5511999990001'],
  ])('%s is %s', (written, phone) => {
    expect(internationalForm(written)).toBe(phone)
  })

  test.each(['011999990001', '0', '000551199', '0612345678'])(
    '%s has no country code',
    (written) => {
      expect(internationalForm(written)).toBeUndefined()
    },
  )

  test('lead to the same number whether or not 00 stands in front', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{6,14}$/u), (phone) => {
        expect(internationalForm(`00${phone}`)).toBe(internationalForm(phone))
      }),
    )
  })
})
