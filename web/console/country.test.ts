import { expect, it } from 'vitest'
import { withCountry } from './country.js'

it.each(['11 99999-9999', '(11) 99999-9999', '11999999999', '011 99999-9999'])(
  'takes %s for a mobile phone of Brazil',
  (text) => expect(withCountry(text)).toBe('5511999999999'),
)

it('takes an area code and eight digits for a fixed line', () => {
  expect(withCountry('11 3333-4444')).toBe('551133334444')
})

it.each([
  '+55 11 99999-9999',
  '5511999999999',
  // Of the United States, with its code.
  '14155552671',
  '+1 415 555 2671',
  '10 99999-9999',
  '11 9999',
  '120363012345678901-group',
  'a11999999999',
  '',
])('asks nothing about %s', (text) => expect(withCountry(text)).toBeUndefined())
