import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { donorFiles, inFolder } from '../../test/support/donor-creds.js'
import { openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { bodyLimits } from './body-limits.js'

let stage: ZapiStage
beforeAll(async () => {
  stage = await openZapiStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

function send(payload: string, more: { id?: string; query?: string; headers?: object } = {}) {
  return stage.app.inject({
    method: 'POST',
    url: `/operator/instances/${more.id ?? stage.instance.id}/import?${more.query ?? ''}`,
    headers: {
      authorization: `Bearer ${stage.operatorToken}`,
      'content-type': 'application/x-ndjson',
      ...more.headers,
    },
    payload,
  })
}

const lines = inFolder(donorFiles())
  .map(({ name, bytes }) => JSON.stringify({ name, text: Buffer.from(bytes ?? []).toString() }))
  .join('\n')

describe('POST /operator/instances/:instanceId/import', () => {
  test('says what the files hold, and applies only when it is told to', async () => {
    const looked = await send(lines)
    expect(looked.statusCode).toBe(200)
    expect(looked.json()).toMatchObject({ findings: { phone: '5511988880001' } })
    expect(looked.json()).not.toHaveProperty('connected')
    const applied = await send(lines, { query: 'apply=true' })
    expect(applied.json()).toMatchObject({ findings: { phone: '5511988880001' }, connected: true })
    const again = await send(lines, { query: 'apply=true' })
    expect(again.statusCode).toBe(409)
    expect(again.json().error).toContain('This instance is linked already')
  })

  test('refuses an announced body that is too large before a byte is read', async () => {
    const headers = { 'content-length': String(bodyLimits.session.maxBytes + 1) }
    expect((await send('', { headers })).statusCode).toBe(413)
  })

  test.each([
    ['{"name":', 400, 'Line 1 is not JSON'],
    ['{"name":"creds.json","text":"{}"}\n{"text":"x"}', 400, 'Line 2: name must be text'],
    ['{"name":"creds.json","text":7}', 400, 'Line 1: text and base64 must be text'],
    ['{"name":"creds.json","text":"{}"}', 409, 'me.id is missing'],
    ['{"name":"a.db","base64":"U1FMaXRlIGZvcm1hdCAzAA=="}', 409, 'The database cannot be read'],
  ])('answers %s with %i', async (body, status, text) => {
    const { instance } = await stage.instances.create({ name: 'Outra' })
    const answer = await send(body, { id: instance.id })
    expect(answer.statusCode).toBe(status)
    expect(answer.json().error).toContain(text)
  })

  test('takes no other type of body, no unknown instance, and no caller but the operator', async () => {
    const json = await send('[]', { headers: { 'content-type': 'application/json' } })
    expect(json.statusCode).toBe(415)
    expect((await send(lines, { id: 'nowhere' })).statusCode).toBe(404)
    const stranger = await send(lines, { headers: { authorization: 'Bearer no' } })
    expect(stranger.statusCode).toBe(401)
  })
})
