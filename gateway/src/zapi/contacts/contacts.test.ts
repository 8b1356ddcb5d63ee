import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientToken, openZapiStage } from '../../../test/support/zapi-stage.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const { instance, directory, sessions } = stage
const ana = { phone: '5511999999999', lid: '164354629388413' }

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const url = `/instances/${instance.id}/token/${stage.token}/${path}`
  const answer = await stage.app.inject({ url, headers: { 'client-token': clientToken } })
  return { status: answer.statusCode, body: answer.json() }
}

beforeEach(async () => {
  await directory.erase(instance.id)
  sessions.connected.delete(instance.id)
  await directory.take(instance.id, [
    { kind: 'contact', person: ana, facts: { name: 'Ana Maria Souza', pushName: 'aninha' } },
    { kind: 'contact', person: { lid: '77' }, facts: { pushName: 'alguém' } },
    {
      kind: 'contact',
      person: { phone: '5511888888888' },
      facts: { verifiedName: 'Padaria', name: 'Pão', shortName: 'P.' },
    },
  ])
})

const anaRow = {
  phone: ana.phone,
  name: 'Ana Maria Souza',
  short: 'Ana',
  notify: 'aninha',
  vname: '',
}

describe('GET /contacts', () => {
  test('tells all names that are known, page by page, in one order', async () => {
    const all = [
      anaRow,
      { phone: '5511888888888', name: 'Pão', short: 'P.', notify: '', vname: 'Padaria' },
      { phone: '77@lid', name: '', short: '', notify: 'alguém', vname: '' },
    ]
    expect(await get('contacts?page=1&pageSize=20')).toEqual({ status: 200, body: all })
    for (const [index, row] of all.entries())
      expect((await get(`contacts?page=${index + 1}&pageSize=1`)).body).toEqual([row])
    expect((await get('contacts?page=4&pageSize=1')).body).toEqual([])
  })
})

describe('GET /contacts/{phone}', () => {
  test('finds a person by number and by LID, without a connection', async () => {
    const known = { ...anaRow, imgUrl: '', about: '' }
    for (const phone of [ana.phone, `${ana.lid}@lid`])
      expect((await get(`contacts/${phone}`)).body).toEqual(known)
  })

  test('tells of a stranger what WhatsApp tells', async () => {
    sessions.connected.add(instance.id)
    expect(await get('contacts/5511977776666')).toMatchObject({
      status: 200,
      body: {
        phone: '5511977776666',
        name: '',
        about: 'Disponível',
        imgUrl: 'https://pps.whatsapp.net/v/picture.jpg',
      },
    })
  })

  test('is about people', async () => {
    expect(await get('contacts/120363019502650977-group')).toMatchObject({ status: 400 })
  })
})
