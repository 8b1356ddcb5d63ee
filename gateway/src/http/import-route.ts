/** What `recado instance import` asks of a running gateway. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Actor } from '../domain/audit.js'
import { ImportChoiceError } from '../domain/errors.js'
import { explain } from '../domain/disconnection-texts.js'
import type {
  ImportFile,
  ImportFindings,
  ImportOutcome,
  ImportWish,
} from '../domain/session-import.js'
import { replyWithError } from './error-reply.js'
import { acceptImports, filesOf } from './import-body.js'
import { operation } from './operation.js'

export interface ImportRouteOptions {
  /** Whether there is an instance with this id. */
  readonly isInstance: (id: string) => Promise<boolean>
  readonly imports: {
    look(id: string, files: readonly ImportFile[], wish: ImportWish): Promise<ImportFindings>
    apply(
      id: string,
      files: readonly ImportFile[],
      wish: ImportWish & { readonly by: Actor },
    ): Promise<ImportOutcome>
  }
}

const importParams = Type.Object({
  instanceId: Type.String({ maxLength: 64, description: 'The instance that takes the number.' }),
})

const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))

const importQuery = Type.Object({
  apply: flag('true: stores the session and connects it. Otherwise it is only looked at.'),
  keepSessions: flag(
    'true: keeps Signal sessions and sender keys. Only right if the other gateway has sent nothing since these files were read.',
  ),
  device: Type.Optional(
    Type.String({ maxLength: 100, description: 'Which one, where the files hold several.' }),
  ),
})

const importSession = operation({
  tag: 'operator',
  summary: 'Takes over a number that another gateway linked, for `recado instance import`.',
  description:
    'The body is `application/x-ndjson`: one file of the other gateway a line, `{"name","text"}` or `{"name","base64"}`, at most 24 MiB. Stop the other gateway first, and never log out there.',
  params: importParams,
  querystring: importQuery,
  takes: 'session',
  answer: Type.Object(
    {
      findings: Type.Object({}, { description: 'What the files hold.' }),
      connected: Type.Optional(
        Type.Boolean({ description: 'After `apply`: whether it is connected.' }),
      ),
      disconnection: Type.Optional(Type.Object({}, { description: 'Why it is not connected.' })),
    },
    {
      examples: [
        {
          findings: {
            source: 'baileys',
            phone: '5511999999999',
            device: 12,
            lid: '123456789012345',
            name: 'Loja',
            platform: 'android',
            taken: { 'pre-keys': 812, 'app-state-keys': 1, 'lid-mappings': 40 },
            dropped: [{ kind: 'sessions', count: 57, reason: 'may-be-old' }],
          },
        },
      ],
    },
  ),
  refusals: {
    404: 'There is no such instance.',
    409: 'The session cannot be taken over. The text says why and what to do; nothing was kept. Where the files hold several, `devices` lists them.',
    415: 'The body is not application/x-ndjson.',
  },
})

/** Register it behind the operator's authentication. */
export function importRoute({
  isInstance,
  imports,
}: ImportRouteOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    acceptImports(app)
    app.post('/operator/instances/:instanceId/import', {
      schema: importSession,
      handler: async (request, reply) => {
        const { instanceId } = request.params
        const { apply, keepSessions, device } = request.query
        const files = filesOf(request)
        if (!(await isInstance(instanceId)))
          return replyWithError(reply, 404, 'There is no such instance.')
        const wish = { keepSessions: keepSessions === 'true', device }
        try {
          if (apply !== 'true') return { findings: await imports.look(instanceId, files, wish) }
          const by = { role: 'operator', address: request.address } as const
          return viewOutcome(await imports.apply(instanceId, files, { ...wish, by }))
        } catch (cause) {
          if (!(cause instanceof ImportChoiceError)) throw cause
          return reply.code(cause.statusCode).send({ error: cause.message, devices: cause.devices })
        }
      },
    })
  }
}

/** With the reason in words. */
function viewOutcome({ findings, connected, disconnection }: ImportOutcome) {
  if (disconnection === undefined) return { findings, connected }
  const { cause, cure } = explain(disconnection)
  const { reason } = disconnection
  return { findings, connected, disconnection: { reason, cause, cure } }
}
