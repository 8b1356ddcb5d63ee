import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import { donorFiles, inFolder } from '../../test/support/donor-creds.js'
import { AuditLog } from '../instances/audit-log.js'

let stage: ConsoleStage
let browser: Browser

beforeAll(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
})

afterAll(() => stage[Symbol.asyncDispose]())

const lines = (phone: string) =>
  inFolder(donorFiles(phone))
    .map(({ name, bytes }) => JSON.stringify({ name, text: Buffer.from(bytes ?? []).toString() }))
    .join('\n')

const headers = { 'x-recado-console': '1', 'content-type': 'application/x-ndjson' }

async function newInstance(): Promise<string> {
  const { instance } = await stage.instances.create({ name: 'Loja' })
  return instance.id
}

test('an import is looked at, applied by the administrator, and refused a second time', async () => {
  const id = await newInstance()
  const path = `instances/${id}/import`
  const body = lines('5511988880011')
  const looked = await browser.call('POST', path, body, headers)
  expect(looked.json()).toMatchObject({
    findings: { source: 'baileys', phone: '5511988880011', taken: { 'pre-keys': 2 } },
  })
  const applied = await browser.call('POST', `${path}?apply=true`, body, headers)
  expect(applied.json()).toMatchObject({ connected: true })
  const [entry] = await new AuditLog(stage).list({ limit: 1 })
  expect(entry).toMatchObject({
    act: 'session-imported',
    instanceId: id,
    by: { role: 'administrator', name: 'ana' },
  })
  const again = await browser.call('POST', path, body, headers)
  expect(again.statusCode).toBe(409)
  expect(again.json().error).toContain('linked already')
})

test('rows of several sessions are listed, and the one that is named is looked at', async () => {
  const rows = ['5511988880012', '5511988880013'].map((phone) => ({
    creds: JSON.stringify(JSON.stringify(JSON.parse(lines(phone).split('\n')[0] ?? '').text)),
  }))
  const body = JSON.stringify({ name: 'session.json', text: JSON.stringify(rows) })
  const path = `instances/${await newInstance()}/import`
  const { devices } = (await browser.call('POST', path, body, headers)).json()
  expect(devices).toEqual([
    { jid: '5511988880012:7@s.whatsapp.net', name: 'Loja' },
    { jid: '5511988880013:7@s.whatsapp.net', name: 'Loja' },
  ])
  const one = `${path}?device=${encodeURIComponent(devices[1].jid)}`
  expect((await browser.call('POST', one, body, headers)).json()).toMatchObject({
    findings: { source: 'evolution', phone: '5511988880013' },
  })
})

test('refuses an import without a login, from another page, and as plain JSON', async () => {
  const path = `instances/${await newInstance()}/import`
  const body = lines('5511988880014')
  expect((await stage.newBrowser().call('POST', path, body, headers)).statusCode).toBe(401)
  const { 'x-recado-console': _, ...foreign } = headers
  expect((await browser.call('POST', path, body, foreign)).statusCode).toBe(403)
  expect((await browser.call('POST', path, [])).statusCode).toBe(415)
})
