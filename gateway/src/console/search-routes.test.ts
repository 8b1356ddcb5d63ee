import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  bodyOf,
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

let stage: ConsoleStage
let browser: Browser
let ids: readonly string[]

beforeAll(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  const [shop, bank] = [
    await stage.instances.create({ name: '=Loja, "Centro"' }),
    await stage.instances.create({ name: 'Banco' }),
  ]
  const accept = async (of: typeof shop, phone: string, code: string) =>
    (
      await stage.outbox.accept(of.instance.id, {
        recipient: { kind: 'person', phone },
        content: { kind: 'otp-button', text: `Código ${code}`, code, buttonText: 'Copiar' },
      })
    ).id
  ids = [
    await accept(shop, '5511999990001', '845201'),
    await accept(bank, '5521988887777', '118402'),
  ]
})

afterAll(() => stage[Symbol.asyncDispose]())

it('lists the messages of all instances with their names and the total', async () => {
  expect(await browser.get('messages')).toMatchObject({
    total: 2,
    messages: [
      { id: ids[1], instanceName: 'Banco', to: '5521988887777', kind: 'otp-button' },
      { id: ids[0], instanceName: '=Loja, "Centro"', code: '••••01', priority: 'high' },
    ],
  })
  expect(await browser.get('messages?text=9999-0001&status=queued,sending')).toMatchObject({
    total: 1,
    messages: [{ id: ids[0] }],
  })
})

it('names the filter that it does not know, and what there is', async () => {
  const refused = await browser.call('GET', 'messages?status=gone')
  expect(refused.statusCode).toBe(400)
  expect(refused.json().error).toMatch(/^status must be some of queued, sending/u)
  expect((await browser.call('GET', 'messages?kind=telegram')).statusCode).toBe(400)
  expect((await browser.call('GET', 'messages?instance=..')).statusCode).toBe(400)
})

it('saves what was found as a file without codes, and says so in the audit log', async () => {
  const answer = await browser.call('GET', 'messages.csv?text=99990001')
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="messages-/u)
  const [heading, line, ...rest] = answer.body.split('\r\n')
  expect(heading).toMatch(/^\uFEFFaccepted,instance,instanceId,zaapId,messageId,phone,kind/u)
  expect(line).toContain(`,"'=Loja, ""Centro""",`)
  expect(line).toContain(`,${ids[0]},`)
  expect(line).toContain(',5511999990001,otp-button,high,queued,,,••••01,')
  expect(rest).toEqual([''])
  expect(answer.body).not.toContain('845201')
  expect(bodyOf(await browser.call('GET', 'audit')).records[0]).toMatchObject({
    act: 'messages-exported',
    name: 'ana',
  })
})

it('shows nothing to a visitor', async () => {
  for (const path of ['messages', 'messages.csv']) {
    const { statusCode } = await stage.newBrowser().call('GET', path)
    expect({ path, statusCode }).toEqual({ path, statusCode: 401 })
  }
})
