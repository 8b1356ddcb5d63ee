/** What an instance does by itself: `update-auto-read-*` and `update-call-reject-*`. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { instanceOf } from './authenticate.js'
import type { InstanceSettingsPort } from './webhook-handlers.js'

const done = Type.Object(
  { value: Type.Boolean({ description: 'Always true.' }) },
  { description: 'It holds from now on.' },
)
const onOrOff = (description: string) =>
  Type.Object({ value: Type.Boolean({ description }) }, { examples: [{ value: true }] })

const autoReadMessage = {
  summary: 'Marks what others write as read as soon as it is stored, or stops doing so.',
  body: onOrOff('Whether messages are marked as read.'),
  response: { 200: done },
}
const autoReadStatus = {
  summary: 'Marks the statuses (stories) of others as seen, or stops doing so.',
  body: onOrOff('Whether statuses are marked as seen.'),
  response: { 200: done },
}
const callRejectAuto = {
  summary: 'Rejects every call to this number as it comes in, or lets it ring.',
  body: onOrOff('Whether calls are rejected.'),
  response: { 200: done },
}
const callRejectMessage = {
  summary: 'Sets the text that whoever was rejected is sent.',
  body: Type.Object(
    {
      value: Type.String({
        maxLength: 4096,
        description: 'The text, sent through the queue. Empty text sends nothing.',
      }),
    },
    { examples: [{ value: 'Não atendemos ligações. Escreva para nós.' }] },
  ),
  response: { 200: done },
}

export function automationRoutes({
  instances,
}: {
  readonly instances: InstanceSettingsPort
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.put('/update-auto-read-message', { schema: autoReadMessage }, async (request) => {
      await instances.updateSettings(instanceOf(request).id, { readMessages: request.body.value })
      return { value: true }
    })
    app.put('/update-auto-read-status', { schema: autoReadStatus }, async (request) => {
      await instances.updateSettings(instanceOf(request).id, { readStatuses: request.body.value })
      return { value: true }
    })
    app.put('/update-call-reject-auto', { schema: callRejectAuto }, async (request) => {
      await instances.updateSettings(instanceOf(request).id, { rejectCalls: request.body.value })
      return { value: true }
    })
    app.put('/update-call-reject-message', { schema: callRejectMessage }, async (request) => {
      const rejectedCallText = request.body.value.trim()
      await instances.updateSettings(instanceOf(request).id, { rejectedCallText })
      return { value: true }
    })
  }
}
