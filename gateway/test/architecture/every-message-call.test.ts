/** Each call that sends has its case in the journeys of every kind. */

import { expect, test } from 'vitest'
import { messageEndpoints } from '../../src/zapi/messages/index.js'
import { everyForm } from '../support/every-kind.js'
import type { KindCase, Scene } from '../support/kind-case.js'

/** They send no message. */
const withoutMessage = ['GET /messages', 'POST /read-message']

const person = { phone: '5511999990000' }

function callOf({ method, action }: KindCase): string {
  const path = typeof action === 'string' ? action : action({ person } as Scene, 'ID')
  return named(method ?? 'POST', `/${path}`)
}

/** Without what differs from call to call. */
function named(method: string, path: string): string {
  return `${method} /${path.split(/[/?]/u)[1] ?? ''}`
}

test('each call of the message group that sends stands among the cases', () => {
  const cases = new Set(Object.values(everyForm).map(callOf))
  const calls = messageEndpoints.flatMap(({ method, paths }) =>
    paths.map((path) => named(method, path)),
  )
  expect(calls.length).toBeGreaterThan(40)
  expect(calls.filter((call) => !cases.has(call) && !withoutMessage.includes(call))).toEqual([])
})
