import { afterAll, beforeAll, expect, it } from 'vitest'
import { openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'

const stage = await openZapiStage()
const ids: string[] = []
let other: string

beforeAll(async () => {
  const { instance } = await stage.instances.create({ name: 'Outra' })
  other = instance.id
  for (const of of [stage.instance.id, instance.id, stage.instance.id])
    ids.push(
      (
        await stage.outbox.accept(of, {
          recipient: { kind: 'person', phone: '5511999990001' },
          content: { kind: 'text', text: 'segredo' },
        })
      ).id,
    )
})
afterAll(() => stage[Symbol.asyncDispose]())

const list = async (query: string) => {
  const answer = await stage.app.inject({
    url: `/instances/integrator/messages${query}`,
    headers: { authorization: `Bearer ${partnerToken}` },
  })
  return { status: answer.statusCode, body: answer.json() }
}

it('lists the messages of all instances page by page, with a cursor and the total', async () => {
  const first = (await list('?limit=2')).body
  expect(first).toMatchObject({
    total: 3,
    messages: [
      { zaapId: ids[2], status: 'QUEUED', kind: 'text', phone: '5511999990001' },
      { zaapId: ids[1], instanceId: other },
    ],
  })
  const second = (await list(`?limit=2&after=${first.next}`)).body
  expect(second).toMatchObject({ messages: [{ zaapId: ids[0] }], next: null, total: null })
  expect(JSON.stringify([first, second])).not.toContain('segredo')
})

it('finds by each condition that is given', async () => {
  const none = { messages: [], total: 0 }
  expect((await list(`?instanceId=${other}`)).body).toMatchObject({ total: 1 })
  expect((await list(`?search=${ids[0]}`)).body).toMatchObject({ messages: [{ zaapId: ids[0] }] })
  expect((await list('?search=99990001&status=QUEUED,SENDING&kind=text')).body.total).toBe(3)
  expect((await list('?since=2020-01-01&until=2020-01-02')).body).toMatchObject(none)
  expect((await list('?priority=high')).body).toMatchObject(none)
  expect((await list('?reason=refused')).body).toMatchObject(none)
})

it.each([
  ['?status=queued', /^status must be some of QUEUED/u],
  ['?kind=fax', /^kind must be/u],
  ['?reason=why', /^reason must be/u],
  ['?priority=1', /^priority must be/u],
  ['?until=soon', /^until must be a moment/u],
  ['?after=x', /^after must be the next/u],
  ['?limit=0', /^limit must be/u],
  ['?instanceId=a/b', /^instanceId must be/u],
])('refuses %s and names the attribute', async (query, error) => {
  const { status, body } = await list(query)
  expect({ status, error: body.error }).toEqual({
    status: 400,
    error: expect.stringMatching(error),
  })
})
