/** The calls that set URLs of callbacks, over the real modules. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const endpoints = () => stage.webhooks.endpoints(stage.instance.id)

async function tellCodesAfter(body: object): Promise<boolean | undefined> {
  await stage.put('update-notify-sent-by-me', body)
  return (await stage.instances.find(stage.instance.id))?.settings.tellCodes
}

describe('callback setters', () => {
  const url = 'https://example.com/callback'
  it.each([
    ['update-webhook-delivery', ['message.sent', 'message.failed']],
    ['update-webhook-received', ['message.received', 'call.changed']],
    ['update-webhook-receive', ['message.received', 'call.changed']],
    ['update-webhook-received-delivery', ['message.received', 'call.changed']],
    ['update-webhook-connected', ['instance.connected']],
    ['update-webhook-disconnected', ['instance.disconnected']],
    ['update-webhook-message-status', ['message.status-changed']],
    ['update-webhook-chat-presence', ['chat.presence-changed']],
    [
      'update-every-webhooks',
      [
        'message.sent',
        'message.failed',
        'message.received',
        'call.changed',
        'chat.presence-changed',
        'message.status-changed',
        'instance.connected',
        'instance.disconnected',
        'instance.passkey-needed',
        'instance.proxy-failed',
      ],
    ],
    ['update-proxy-webhook', ['instance.proxy-failed']],
    ['update-webhook-passkey', ['instance.passkey-needed']],
  ])('%s sets and clears', async (action, kinds) => {
    expect((await stage.put(action, { value: url })).json()).toEqual({ value: true })
    expect(await endpoints()).toEqual(new Map(kinds.map((kind) => [kind, url])))
    expect((await stage.put(action, { value: '' })).json()).toEqual({ value: true })
    expect(await endpoints()).toEqual(new Map())
  })

  it.each([
    ['http://example.com/', /^value: A URL starts with https:/u],
    ['example.com', /^value: This is not a complete URL/u],
    ['https://127.0.0.1/', /^value: The URL leads to an address that is not on the public/u],
    ['https://192.168.1.1/', /^value: The URL leads to/u],
    ['https://u:p@example.com/', /^value: A URL must not hold/u],
  ])('refuses %s and says why', async (value, error) => {
    const answer = await stage.put('update-webhook-received', { value })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({ error: expect.stringMatching(error) })
    expect(await endpoints()).toEqual(new Map())
  })

  it('takes http:// and private networks where the operator allows them', async () => {
    await stage[Symbol.asyncDispose]()
    stage = await openZapiStage({ allowHttpCallbacks: true, allowedNetworks: ['127.0.0.0/8'] })
    const answer = await stage.put('update-webhook-received', { value: 'http://127.0.0.1:9/cb' })
    expect(answer.statusCode).toBe(200)
  })

  it('names what is missing or of another type', async () => {
    expect((await stage.put('update-webhook-received', {})).json()).toEqual({
      error: 'value is required',
    })
    expect((await stage.put('update-webhook-received', { value: 1 })).statusCode).toBe(400)
    expect((await stage.put('update-notify-sent-by-me', {})).json()).toEqual({
      error: 'notifySentByMe is required',
    })
    expect((await stage.put('update-notify-sent-by-me', { notifySentByMe: 'yes' })).json()).toEqual(
      { error: 'notifySentByMe must be of type boolean' },
    )
  })

  it.each([
    ['update-notify-sent-by-me', { notifySentByMe: true }],
    ['update-every-webhooks', { value: url, notifySentByMe: true }],
    ['update-webhook-received-delivery', { value: url }],
  ])('%s also tells what this number sends', async (action, body) => {
    expect((await stage.put(action, body)).json()).toEqual({ value: true })
    const found = await stage.instances.find(stage.instance.id)
    expect(found?.settings.notifySentByMe).toBe(true)
  })

  it('tells codes only while it was asked to', async () => {
    expect(await tellCodesAfter({ notifySentByMe: true })).toBe(false)
    expect(await tellCodesAfter({ notifySentByMe: true, tellCodes: true })).toBe(true)
    expect(await tellCodesAfter({ notifySentByMe: true })).toBe(true)
    expect(await tellCodesAfter({ notifySentByMe: false, tellCodes: false })).toBe(false)
  })
})
