/** Failures by name over the control API, and the page that explains them and all faults. */

import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { failureKinds } from '../src/failures.js'
import { FaultChange } from '../src/fault-schema.js'
import { test } from './support/lab.js'

const ANA = '5511999990001'
const page = await readFile(new URL('../../docs/simulator-faults.md', import.meta.url), 'utf8')

test('a failure is one of the faults until it is undone', async ({ lab }) => {
  await lab.phone(ANA)
  const call = async (method: string, path: string): Promise<unknown> =>
    (await fetch(lab.simulator.controlUrl + path, { method })).json()
  const failures = `/phones/${ANA}/failures`
  expect(await call('PUT', `${failures}/not-on-whatsapp`)).toEqual({ playing: ['not-on-whatsapp'] })
  expect(await call('GET', '/faults')).toMatchObject({ notOnWhatsApp: [ANA] })
  expect(await call('PUT', `${failures}/banned`)).toEqual({
    playing: ['not-on-whatsapp', 'banned'],
  })
  expect(await call('DELETE', `${failures}/not-on-whatsapp`)).toEqual({ playing: ['banned'] })
  await call('DELETE', '/faults')
  expect(await call('GET', failures)).toEqual({ playing: [] })
})

test('a failure or a phone that is not there is refused', async ({ lab }) => {
  await lab.phone(ANA)
  const refused = async (path: string): Promise<unknown> => {
    const answer = await fetch(lab.simulator.controlUrl + path, { method: 'PUT' })
    return [answer.status, await answer.json()]
  }
  expect(await refused(`/phones/${ANA}/failures/boom`)).toEqual([
    400,
    { error: expect.stringMatching(/^kind must be one of restricted,/u) },
  ])
  expect(await refused('/phones/5511900000000/failures/banned')).toEqual([
    404,
    { error: 'no such phone' },
  ])
})

test('the page names each failure, and each part and word of the faults', () => {
  const words = [...failureKinds, ...Object.keys(FaultChange.properties), ...wordsIn(FaultChange)]
  const missing = words.filter((word) => !new RegExp(`[\`"]${word}[\`"]`, 'u').test(page))
  expect([...new Set(missing)].toSorted((one, other) => one.localeCompare(other))).toEqual(
    stepsOfPasskey,
  )
})

/** The page sends people to the source for these. */
const stepsOfPasskey = [
  'continuation',
  'nonce',
  'options',
  'pairing-request',
  'prologue',
  'ref',
  'request',
  'success',
]

/** All values that the schema lists. */
function wordsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const listed = 'enum' in schema && Array.isArray(schema.enum) ? schema.enum : []
  const words = listed.filter((word): word is string => typeof word === 'string')
  return [...words, ...Object.values(schema).flatMap(wordsIn)]
}
