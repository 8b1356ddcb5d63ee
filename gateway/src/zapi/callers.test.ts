/** Who may call the dialect, request by request, over the real modules. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const brokenBody = { 'content-type': 'application/json' }

describe('who may call', () => {
  it('refuses a call without Client-Token before it reads the body', async () => {
    const answer = await stage.call('POST', 'send-button-otp', {
      headers: brokenBody,
      payload: '{"phone":',
    })
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: 'your client-token is not configured' },
    ])
  })

  it('refuses a wrong Client-Token before it reads the body, and logs nothing of it', async () => {
    const answer = await stage.call('POST', 'send-button-otp', {
      headers: { ...brokenBody, 'client-token': 'nearly-right' },
      payload: 'x'.repeat(9 * 1024 * 1024),
    })
    expect([answer.statusCode, answer.json()]).toEqual([
      403,
      { error: 'Client-Token nearly-right not allowed' },
    ])
    expect(stage.logged.join('')).toContain('"statusCode":403')
    expect(stage.logged.join('')).not.toContain('nearly-right')
  })

  it('does not wait for a body that it will not read', async () => {
    const { port, hostname } = new URL(await stage.app.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /instances/${stage.instance.id}/token/wrong/send-button-otp HTTP/1.1\r\n` +
        `Host: x\r\nClient-Token: ${clientToken}\r\nContent-Type: application/json\r\n` +
        'Content-Length: 1000000000\r\n\r\n',
    )
    const [answer] = await once(socket, 'data')
    socket.destroy()
    expect(String(answer)).toMatch(/^HTTP\/1\.1 404 .*"error":"Instance not found"/su)
  })

  it('repeats of a wrong Client-Token only what can be shown', async () => {
    const answer = await stage.call('GET', 'status', {
      headers: { 'client-token': `a\u00e9\t${'b'.repeat(500)}` },
    })
    expect(answer.json()).toEqual({ error: `Client-Token a${'b'.repeat(63)} not allowed` })
  })

  it('refuses unknown instances and wrong tokens alike, before it reads the body', async () => {
    const unknown = `3${'0'.repeat(31)}`
    const pairs = [
      [unknown, stage.token],
      [stage.instance.id, 'wrong'],
    ]
    for (const [id, token] of pairs) {
      const answer = await stage.app.inject({
        method: 'POST',
        url: `/instances/${id}/token/${token}/send-button-otp`,
        headers: { ...brokenBody, 'client-token': clientToken },
        payload: '{"phone":',
      })
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Instance not found' }])
    }
  })

  it("refuses one instance's token for another", async () => {
    const other = await stage.instances.create({ name: 'Outra' })
    const answer = await stage.app.inject({
      method: 'GET',
      url: `/instances/${other.instance.id}/token/${stage.token}/status`,
      headers: { 'client-token': clientToken },
    })
    expect(answer.statusCode).toBe(404)
  })

  it('takes header names in any case', async () => {
    const answer = await stage.call('GET', 'status', { headers: { 'Client-Token': clientToken } })
    expect(answer.statusCode).toBe(200)
  })

  it('writes neither tokens nor numbers nor codes into the log', async () => {
    await stage.send({ phone: '5511987654321', code: '314159' })
    await stage.call('GET', 'phone-code/5511987654321')
    const log = stage.logged.join('')
    expect(log).toContain('/instances/:instanceId/token/:token/send-button-otp')
    expect(log).toContain(stage.instance.id)
    for (const secret of [stage.token, clientToken, '5511987654321', '314159'])
      expect(log).not.toContain(secret)
  })
})
