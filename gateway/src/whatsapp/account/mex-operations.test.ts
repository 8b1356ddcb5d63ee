import { expect, test } from 'vitest'
import { ConfigError } from '../../domain/errors.js'
import { mexDocuments } from './mex-operations.js'

test('a setting overrides the id of one operation alone', () => {
  const usual = mexDocuments()
  const documents = mexDocuments(new Map([['newsletter-join', '12345']]))
  expect(documents('newsletter-join')).toEqual({ ...usual('newsletter-join'), id: '12345' })
  expect(documents('newsletter-leave')).toEqual(usual('newsletter-leave'))
})

test('an operation that there is not is refused by name', () => {
  const overrides = new Map([['newsletter-shout', '12345']])
  expect(() => mexDocuments(overrides)).toThrow(ConfigError)
  expect(() => mexDocuments(overrides)).toThrow(/newsletter-shout.*newsletter-join/u)
})
