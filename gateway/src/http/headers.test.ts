import { expect, it } from 'vitest'
import { joinEqualValues } from './headers.js'

it('takes equal values of one header as one, and leaves others as they are', () => {
  const headers = {
    'client-token': 'F1S, F1S',
    'content-type': 'application/json,application/json , application/json',
    authorization: 'Bearer one, Bearer one',
    'idempotency-key': 'one, two',
    accept: 'text/html, text/html',
  }
  joinEqualValues(headers)
  expect(headers).toEqual({
    'client-token': 'F1S',
    'content-type': 'application/json',
    authorization: 'Bearer one',
    'idempotency-key': 'one, two',
    accept: 'text/html, text/html',
  })
})
