import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

describe('partner routes', () => {
  const partner = { authorization: `Bearer ${partnerToken}` }
  const create = (payload: object, headers: Record<string, string> = partner) =>
    stage.app.inject({ method: 'POST', url: '/instances/integrator/on-demand', headers, payload })
  const list = (query = '') =>
    stage.app.inject({ method: 'GET', url: `/instances${query}`, headers: partner })

  const elsewhere = { id: '39BB684570F00E91090F6BBC7EE7366B', token: '4DF000AE3F44B4CAA05A6EED' }

  it('create an instance under the id and token that it has elsewhere, so that URLs keep their path', async () => {
    const answer = await create({ name: 'Loja', ...elsewhere })
    expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining(elsewhere)])
    const sent = await stage.app.inject({
      method: 'POST',
      url: `/instances/${elsewhere.id}/token/${elsewhere.token}/send-button-otp`,
      headers: { 'client-token': clientToken },
      payload: { phone: '5511999999999', message: 'Oi', code: '123456' },
    })
    expect(sent.statusCode).toBe(200)
    const again = await create({ name: 'Loja', ...elsewhere, token: 'B'.repeat(24) })
    expect([again.statusCode, again.json()]).toEqual([
      409,
      { error: 'Another instance has this id: use another one' },
    ])
    const same = await create({ name: 'Outra', token: elsewhere.token })
    expect(same.json()).toEqual({ error: 'Another instance has this token: use another one' })
  })

  it.each([
    [{ id: 'loja' }, 'id must be 16 to 64 letters and digits'],
    [{ id: `${'3'.repeat(20)}/..` }, 'id must be 16 to 64 letters and digits'],
    [{ token: 'SHORT123' }, 'token must be 24 to 128 letters and digits'],
    [{ token: 'A'.repeat(129) }, 'token must be 24 to 128 letters and digits'],
    [
      { id: 'A'.repeat(24), token: 'A'.repeat(24) },
      'token must differ from id, which is no secret',
    ],
  ])('create no instance with %o', async (identity, error) => {
    const answer = await create({ name: 'Loja', ...identity })
    expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
  })

  it('create an instance that can be used at once', async () => {
    const answer = await create({
      name: 'Nova',
      deliveryCallbackUrl: 'https://example.com/d',
      receivedAndDeliveryCallbackUrl: 'https://example.com/r',
      autoReadMessage: true,
      sessionName: null,
      connectedCallbackUrl: '',
    })
    expect(answer.statusCode).toBe(200)
    const { id, token, due, webhookSecret, ...rest } = answer.json()
    expect(rest).toEqual({})
    expect(id).toMatch(/^3[0-9A-F]{31}$/u)
    expect(due).toEqual(expect.any(Number))
    expect(webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u)
    const status = await stage.app.inject({
      url: `/instances/${id}/token/${token}/status`,
      headers: { 'client-token': clientToken },
    })
    expect(status.statusCode).toBe(200)
    expect(await stage.webhooks.endpoints(id)).toEqual(
      new Map([
        ['message.sent', 'https://example.com/d'],
        ['message.failed', 'https://example.com/d'],
        ['message.received', 'https://example.com/r'],
        ['call.changed', 'https://example.com/r'],
      ]),
    )
    expect((await stage.instances.find(id))?.settings.notifySentByMe).toBe(true)
  })

  it('make nothing of a request that is not right', async () => {
    const bad = await create({ name: 'Nova', connectedCallbackUrl: 'http://example.com' })
    expect([bad.statusCode, bad.json()]).toEqual([
      400,
      { error: 'connectedCallbackUrl: A URL starts with https://.' },
    ])
    expect((await create({ name: '' })).json()).toEqual({ error: 'name is required' })
    expect(await stage.instances.list()).toHaveLength(1)
  })

  it.each([
    [{}, 'Partner token missing: send Authorization: Bearer <token>'],
    [{ authorization: 'Bearer ' }, 'Partner token missing: send Authorization: Bearer <token>'],
    [{ authorization: 'Basic abc' }, 'Partner token missing: send Authorization: Bearer <token>'],
    [{ authorization: `Bearer ${clientToken}` }, 'Partner token not allowed'],
  ])('refuse %j before the body is read', async (headers, error) => {
    const answer = await stage.app.inject({
      method: 'POST',
      url: '/instances/integrator/on-demand',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '{"name":',
    })
    expect([answer.statusCode, answer.json()]).toEqual([401, { error }])
  })

  it('list what there is, page by page', async () => {
    for (const name of ['Padaria', 'Farmácia', 'Padaria do Zé']) await create({ name })
    const everything = (await list()).json()
    expect(everything).toMatchObject({ total: 4, totalPage: 1, page: 1, pageSize: 20 })
    expect(everything.content).toHaveLength(4)

    const second = (await list('?page=2&pageSize=3/')).json()
    expect(second).toMatchObject({ total: 4, totalPage: 2, page: 2, pageSize: 3 })
    expect(second.content).toHaveLength(1)

    const found = (await list('?query=padaria')).json()
    const names: string[] = found.content.map(({ name }: { name: string }) => name)
    expect(names.toSorted()).toEqual(['Padaria', 'Padaria do Zé'])
    expect((await list(`?query=${stage.instance.id}`)).json().total).toBe(1)
    expect((await list('?middleware=mobile')).json().total).toBe(0)
  })

  it('describe an instance as Z-API does', async () => {
    await stage.put('update-webhook-delivery', { value: 'https://example.com/d' })
    stage.sessions.connected.add(stage.instance.id)
    const { content } = (await list()).json()
    expect(content).toEqual([
      {
        token: stage.token,
        tenant: '',
        created: new Date(stage.instance.createdAt).toISOString(),
        due: expect.any(Number),
        paymentStatus: 'PAID',
        deliveryCallbackUrl: 'https://example.com/d',
        receivedCallbackUrl: '',
        receivedAndDeliveryCallbackUrl: '',
        disconnectedCallbackUrl: '',
        connectedCallbackUrl: '',
        messageStatusCallbackUrl: '',
        presenceChatCallbackUrl: '',
        receivedStatusCallbackUrl: '',
        phoneConnected: true,
        whatsappConnected: true,
        middleware: 'web',
        name: 'Loja',
        id: stage.instance.id,
      },
    ])
  })

  it('refuse pages that are no numbers', async () => {
    const answer = await list('?page=none')
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: 'page must be a whole number, at least 1' },
    ])
  })
})
