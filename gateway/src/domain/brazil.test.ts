import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formsOf } from './brazil.js'

const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`), { size: 'max' })

describe('forms of a number', () => {
  it('asks for a mobile number with and without its ninth digit', () => {
    expect(formsOf('5531988887777')).toEqual(['5531988887777', '553188887777'])
    expect(formsOf('553188887777')).toEqual(['553188887777', '5531988887777'])
  })

  it('leaves landlines and other countries alone', () => {
    expect(formsOf('551133334444')).toEqual(['551133334444'])
    expect(formsOf('351912345678')).toEqual(['351912345678'])
    expect(formsOf('5511')).toEqual(['5511'])
  })

  it('never makes a landline out of a mobile number', () => {
    expect(formsOf('5511941234567')).toEqual(['5511941234567'])
  })

  it('puts the form of the caller first, and either form leads to the other', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          digits(12),
          digits(13),
          digits(8).map((rest) => `5511${rest}`),
          digits(8).map((rest) => `55119${rest}`),
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
