/** An attribute that a call does not describe reaches no handler: nothing can be set through the wrong call. */

import { afterAll, expect, it } from 'vitest'
import { openZapiStage } from '../../test/support/zapi-stage.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

it.each([
  ['update-code-times', { codeLifeSeconds: 300 }],
  ['update-pacing', { minGapMs: 0, maxGapMs: 1_000 }],
  ['update-retention', { keepMessagesDays: 7 }],
  ['update-sending-limits', { dailyMessages: 5 }],
  ['update-queue-settings', { disableEnqueueWhenDisconnected: true }],
] as const)('%s sets nothing else', async (action, payload) => {
  const before = await stage.instances.settingsOf(stage.instance.id)
  const stranger = { clientTokenOptional: true, tellCodes: true, any: 'x' }
  expect((await stage.put(action, { ...payload, ...stranger })).statusCode).toBe(200)
  const after = await stage.instances.settingsOf(stage.instance.id)
  const { clientTokenOptional, tellCodes, sendingLimits } = after
  expect({ clientTokenOptional, tellCodes }).toEqual({
    clientTokenOptional: before.clientTokenOptional,
    tellCodes: before.tellCodes,
  })
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted())
  expect(Object.keys(sendingLimits).toSorted()).toEqual(
    Object.keys(before.sendingLimits).toSorted(),
  )
})
