import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import type { AuditEntry } from '../domain/audit.js'
import { type AuditOfRoute, auditRoutes } from './audited-routes.js'

const by = { role: 'caller', address: '203.0.113.7' } as const

function aServer(audits: Readonly<Record<string, AuditOfRoute>>) {
  const recorded: AuditEntry[] = []
  const app = fastify()
  auditRoutes(app, {
    record: async (entry) => void recorded.push(entry),
    entryOf: () => ({ by }),
    auditOf: (route) => audits[route],
  })
  return { app, recorded }
}

it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'registers no %s that says nothing of the audit log',
  (method) => {
    const { app } = aServer({ 'POST /known': { none: 'it only reads' } })
    const route = { method, handler: async () => 'done' }
    expect(() => app.route({ ...route, url: '/unknown' })).toThrow(`${method} /unknown`)
    const audit = 'instance-created' as const
    app.route({ ...route, url: '/declared', config: { audit } })
    app.post('/known', route.handler)
    app.get('/unknown', route.handler)
  },
)

it('records what succeeded before it is answered, and nothing that failed or says it need not be', async () => {
  const { app, recorded } = aServer({
    'GET /acts': 'instance-restarted',
    'POST /acts': ({ query }) =>
      query !== null && typeof query === 'object' && 'quiet' in query ? undefined : 'codes-read',
    'PUT /acts': 'by-the-module',
    'DELETE /acts': { none: 'for a reason' },
    'POST /fails': 'profile-changed',
  })
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const)
    app.route({ method, url: '/acts', handler: async () => 'done' })
  app.post('/fails', async (_request, reply) => reply.code(400).send('no'))

  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const)
    await app.inject({ method, url: '/acts' })
  await app.inject({ method: 'POST', url: '/acts?quiet' })
  await app.inject({ method: 'POST', url: '/fails' })
  expect(recorded).toEqual([
    { act: 'instance-restarted', by },
    { act: 'codes-read', by },
  ])
})
