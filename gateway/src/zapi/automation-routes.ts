/** What an instance does by itself: `update-auto-read-*` and `update-call-reject-*`. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { InstanceSettings } from '../domain/instance.js'
import { operation } from '../http/operation.js'
import { value } from './answer-schemas.js'
import { instanceOf } from './authenticate.js'
import type { InstanceSettingsPort } from './webhook-handlers.js'

const onOrOff = (description: string) =>
  Type.Object({ value: Type.Boolean({ description }) }, { examples: [{ value: true }] })

const autoReadMessage = operation({
  tag: 'instance',
  summary: 'Marks what others write as read as soon as it is stored, or stops doing so.',
  description: 'Whoever wrote sees the blue ticks then.',
  body: onOrOff('Whether messages are marked as read.'),
  answer: value,
})
const autoReadStatus = operation({
  tag: 'instance',
  summary: 'Marks the statuses (stories) of others as seen, or stops doing so.',
  description: 'Whoever published them sees this number among those who saw them.',
  body: onOrOff('Whether statuses are marked as seen.'),
  answer: value,
})
const callRejectAuto = operation({
  tag: 'instance',
  summary: 'Rejects every call to this number as it comes in, or lets it ring.',
  description: 'What is said to whoever called is set by update-call-reject-message.',
  body: onOrOff('Whether calls are rejected.'),
  answer: value,
})
const callRejectMessage = operation({
  tag: 'instance',
  summary: 'Sets the text that whoever was rejected is sent.',
  description: 'Only where calls are rejected.',
  body: Type.Object(
    {
      value: Type.String({
        maxLength: 4096,
        description: 'The text, sent through the queue. Empty text sends nothing.',
      }),
    },
    { examples: [{ value: 'Não atendemos ligações. Escreva para nós.' }] },
  ),
  answer: value,
})

export function automationRoutes({
  instances,
}: {
  readonly instances: InstanceSettingsPort
}): FastifyPluginAsyncTypebox {
  const set = async (request: FastifyRequest, change: Partial<InstanceSettings>) => {
    await instances.updateSettings(instanceOf(request).id, change)
    return { value: true }
  }
  return async (app) => {
    app.put('/update-auto-read-message', { schema: autoReadMessage }, (request) =>
      set(request, { readMessages: request.body.value }),
    )
    app.put('/update-auto-read-status', { schema: autoReadStatus }, (request) =>
      set(request, { readStatuses: request.body.value }),
    )
    app.put('/update-call-reject-auto', { schema: callRejectAuto }, (request) =>
      set(request, { rejectCalls: request.body.value }),
    )
    app.put('/update-call-reject-message', { schema: callRejectMessage }, (request) =>
      set(request, { rejectedCallText: request.body.value.trim() }),
    )
  }
}
