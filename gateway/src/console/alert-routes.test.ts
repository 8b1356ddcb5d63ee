import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  bodyOf,
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

let stage: ConsoleStage
let browser: Browser

beforeAll(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
})

afterAll(() => stage[Symbol.asyncDispose]())

const rules = { restricted: true, banned: true, receiverFailing: false, databaseAway: true }
const email = {
  host: 'mail.example.com',
  port: 587,
  tls: 'start',
  user: 'recado',
  from: 'recado@example.com',
  to: ['ana@example.com'],
}
const settings = {
  language: 'pt',
  rules,
  repeatAfterMinutes: 60,
  webhook: { url: 'https://ops.example.com/alerts' },
  email: { ...email, password: 'mail-password' },
  slack: { url: 'https://hooks.slack.com/services/T0/B0/slack-secret' },
  telegram: { url: 'https://api.telegram.org/bot1:telegram-secret/sendMessage', chatId: '-1' },
}
async function refusal(status: number, asked: ReturnType<Browser['call']>): Promise<string> {
  const answer = await asked
  expect(answer.statusCode).toBe(status)
  return answer.json<{ error: string }>().error
}
const save = (body: object) => browser.call('PUT', 'alerts/settings', body)

it('keeps what is set sealed, and shows it without passwords and secret URLs', async () => {
  bodyOf(await save(settings))
  const read = await browser.get('alerts')
  expect(read.settings).toEqual({
    language: 'pt',
    rules,
    repeatAfterMinutes: 60,
    webhook: { url: settings.webhook.url },
    email: { ...email, hasPassword: true },
    slack: { host: 'hooks.slack.com' },
    telegram: { host: 'api.telegram.org', chatId: '-1' },
  })
  const rows = await stage.database.query.selectFrom('alert_settings').selectAll().execute()
  const stored = Buffer.from(rows[0]?.settings_sealed ?? []).toString('latin1')
  expect(stored).not.toMatch(/secret|password|example/u)
  expect(bodyOf(await browser.call('POST', 'alerts/secret')).secret).toMatch(/^whsec_.{44}$/u)
})

it('keeps a secret that is not sent again, and no password for another server', async () => {
  bodyOf(await save(settings))
  const { secret } = bodyOf(await browser.call('POST', 'alerts/secret'))
  const again = { ...settings, email, slack: {}, telegram: { chatId: '@ops' } }
  bodyOf(await save(again))
  expect((await browser.get('alerts')).settings).toMatchObject({
    email: { hasPassword: true },
    slack: { host: 'hooks.slack.com' },
    telegram: { chatId: '@ops' },
  })
  expect(bodyOf(await browser.call('POST', 'alerts/secret')).secret).toBe(secret)
  const elsewhere = { ...again, email: { ...email, host: 'mail.example.org' } }
  expect(await refusal(400, save(elsewhere))).toMatch(/^email\.password: /u)
})

const wrong = (change: object) => refusal(400, save({ ...settings, ...change }))

it('names the attribute that is wrong', async () => {
  expect(await wrong({ webhook: { url: 'http://127.0.0.1/' } })).toMatch(/^webhook\.url: /u)
  expect(await wrong({ slack: { url: 'https://10.0.0.1/' } })).toMatch(/^slack\.url: .*public/u)
  expect(await wrong({ email: { ...email, to: ['letters'] } })).toContain('to')
  expect(await wrong({ rules: { ...rules, downAfterMinutes: 0 } })).toContain('downAfterMinutes')
  expect(await wrong({ telegram: { chatId: 'a b' } })).toContain('chatId')
})

it('says what to do when a test has no channel, and records who changed and tried', async () => {
  bodyOf(await save({ language: 'en', rules, repeatAfterMinutes: 0 }))
  expect(await refusal(409, browser.call('POST', 'alerts/test'))).toContain('No channel')
  expect(await refusal(409, browser.call('POST', 'alerts/secret'))).toContain('No webhook')
  const acts = await stage.database.query.selectFrom('audit').select('act').distinct().execute()
  const named = acts.map(({ act }) => act)
  expect(named).toContain('alerts-changed')
  expect(named).toContain('webhook-secret-read')
})
