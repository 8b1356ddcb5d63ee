import { expect, it } from 'vitest'
import { anOtp } from '../../test/support/outgoing-message.js'
import { defaultInstanceSettings, type InstanceSettings } from '../domain/instance.js'
import { newInstanceId } from '../runtime/ids.js'
import { newMessage, timesOf, type TimesOptions } from './new-message.js'
import { usualUndeliverableMs } from './queue/undeliverable.js'
import type { Submission } from './submission.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const
const code: Submission = { recipient, content: anOtp() }
const text: Submission = { recipient, content: { kind: 'text', text: 'Olá' } }

const times = (
  submission: Submission,
  own: Partial<InstanceSettings> = {},
  gateway: Omit<TimesOptions, 'settings'> = {},
) =>
  timesOf(
    { settings: { settingsOf: async () => ({ ...defaultInstanceSettings, ...own }) }, ...gateway },
    newInstanceId(),
    submission,
  )

it.each<[string, Partial<InstanceSettings>, Omit<TimesOptions, 'settings'>, number]>([
  [
    'as the instance says',
    { undeliverableAfterSeconds: 7 },
    { undeliverableAfterMs: 30_000 },
    7_000,
  ],
  ['never, if the instance says so', { undeliverableAfterSeconds: 0 }, {}, 0],
  ['as the gateway says', {}, { undeliverableAfterMs: 30_000 }, 30_000],
  ['after 20 seconds', {}, {}, usualUndeliverableMs],
])('tells that a message is not sent %s', async (_, own, gateway, toldAfterMs) => {
  expect(await times(code, own, gateway)).toMatchObject({ toldAfterMs })
})

it.each<[string, Submission, Partial<InstanceSettings>, number | undefined]>([
  ['a code as its caller says', { ...code, expiresInSeconds: 90 }, { codeLifeSeconds: 60 }, 90],
  ['a code as the instance says', code, { codeLifeSeconds: 60 }, 60],
  ['a code as the gateway says', code, {}, 45],
  ['a text as its kind says', text, { codeLifeSeconds: 60 }, undefined],
])('lets %s expire', async (_, submission, own, expiresInSeconds) => {
  expect(await times(submission, own, { codeLifeMs: 45_000 })).toMatchObject({ expiresInSeconds })
})

it('lets a code expire as its kind says if nothing else does', async () => {
  expect(await times(code)).toMatchObject({ expiresInSeconds: undefined })
})

it('takes a message with its time and priority, not tried yet', () => {
  const instanceId = newInstanceId()
  const submission = { ...text, expiresInSeconds: 90, gapAfterMs: 5 }
  expect(newMessage(instanceId, submission, 1_000)).toMatchObject({
    instanceId,
    status: 'queued',
    acceptedAt: 1_000,
    expiresAt: 91_000,
    priority: 'high',
    gapAfterMs: 5,
    typingMs: 0,
    attempts: 0,
    pool: undefined,
  })
  expect(newMessage(instanceId, { ...submission, priority: 'low' }, 1_000).priority).toBe('low')
  expect(newMessage(instanceId, text, 1_000)).toMatchObject({
    expiresAt: undefined,
    priority: 'normal',
  })
})
