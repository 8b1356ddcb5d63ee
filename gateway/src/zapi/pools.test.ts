import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'

let stage: ZapiStage
let pool: { id: string; token: string }

const partner = { authorization: `Bearer ${partnerToken}` }
const client = { 'client-token': clientToken }
const phone = '5511999999999'

beforeEach(async () => {
  stage = await openZapiStage()
  pool = (await asPartner('POST', '/instances/integrator/pools', { name: 'Logins' })).json()
})

afterEach(() => stage[Symbol.asyncDispose]())

const asPartner = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  stage.app.inject({ method, url, headers: partner, ...(payload && { payload }) })

const inPool = (action: string, payload?: object, headers: Record<string, string> = {}) =>
  stage.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/instances/${pool.id}/token/${pool.token}/${action}`,
    headers: { ...client, ...headers },
    ...(payload && { payload }),
  })

const setMember = (id: string, weight = 1) =>
  asPartner('PUT', `/instances/integrator/pools/${pool.id}/members/${id}`, { weight })

async function aMember(): Promise<string> {
  const { instance } = await stage.instances.create({ name: 'Membro' })
  stage.sessions.connected.add(instance.id)
  await setMember(instance.id)
  return instance.id
}

const sendUnderKey = () =>
  inPool(
    'send-button-otp',
    { phone, message: 'Código', code: '123456' },
    { 'idempotency-key': 'a' },
  )

const rows = () =>
  stage.database.query.selectFrom('message').select(['id', 'instance_id', 'pool_id']).execute()

describe('a pool', () => {
  it('is listed with its members, and no instance is', async () => {
    const member = await aMember()
    expect((await asPartner('GET', '/instances/integrator/pools')).json()).toMatchObject({
      pools: [
        {
          ...pool,
          name: 'Logins',
          members: [{ instanceId: member, weight: 1, whatsappConnected: true }],
        },
      ],
    })
    const { content } = (await asPartner('GET', '/instances')).json()
    expect(content.map(({ id }: { id: string }) => id)).not.toContain(pool.id)
  })

  it('says what is missing as long as it has no member', async () => {
    const answer = await inPool('send-text', { phone, message: 'Olá' })
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: expect.stringContaining('has no members') },
    ])
  })

  it('sends by a member that is connected, and by the same one to the same person', async () => {
    await setMember(stage.instance.id)
    const member = await aMember()
    for (const message of ['um', 'dois', 'três'])
      expect((await inPool('send-text', { phone, message })).statusCode).toBe(200)
    expect(await rows()).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({ instance_id: member, pool_id: pool.id }),
      ),
    )
  })

  it('accepts a request once under its key, whichever member has it', async () => {
    await aMember()
    const ids = (await sendUnderKey()).json()
    stage.sessions.connected.clear()
    await aMember()
    expect((await sendUnderKey()).json()).toEqual(ids)
    expect(await rows()).toHaveLength(1)
  })

  it('makes and checks codes, with one cooldown for each person', async () => {
    await aMember()
    await aMember()
    expect((await inPool('otp/start', { phone })).statusCode).toBe(200)
    const again = await inPool('otp/start', { phone: '551199999999' })
    expect(again.statusCode).toBe(429)
    expect((await inPool('otp/check', { phone, code: '000000' })).json()).toEqual({ valid: false })
  })

  it.each([
    ['send-text', { phone: '120363019502650977-group', message: 'Olá' }, 'people alone'],
    ['send-text', { phone, message: 'Olá', messageId: '3EB0' }, 'messageId cannot be used'],
    ['send-reaction', { phone, reaction: '👍', messageId: '3EB0' }, 'earlier'],
  ])('refuses what one number alone can do: %s %o', async (action, payload, text) => {
    await aMember()
    const answer = await inPool(action, payload)
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: expect.stringContaining(text) },
    ])
    expect(await rows()).toEqual([])
  })

  it.each(['status', 'qr-code', 'chats', 'queue/count'])(
    'refuses GET %s with 501',
    async (action) => {
      const answer = await inPool(action)
      expect([answer.statusCode, answer.json()]).toEqual([
        501,
        { error: expect.stringContaining('needs one number') },
      ])
    },
  )

  it('tells where a message stands', async () => {
    await aMember()
    const { zaapId } = (await inPool('send-text', { phone, message: 'Olá' })).json()
    expect((await inPool(`messages/${zaapId}`)).json()).toMatchObject({ status: 'QUEUED' })
  })

  it('takes instances alone as members, and forgets those that left', async () => {
    const answer = await setMember(pool.id)
    expect(answer.statusCode).toBe(400)
    const member = await aMember()
    await asPartner('DELETE', `/instances/integrator/pools/${pool.id}/members/${member}`)
    expect((await inPool('send-text', { phone, message: 'Olá' })).statusCode).toBe(400)
    await asPartner('DELETE', `/instances/integrator/pools/${pool.id}`)
    expect((await inPool('send-text', { phone, message: 'Olá' })).statusCode).toBe(404)
  })
})
