/** What a person does by hand with chats, groups, channels and statuses, as the phone shows it and the gateway tells it. */

import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import { pair, type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { type Look, PhoneVisitor } from './phone-visitor.js'

let browser: Browser
let sandbox: Sandbox
let callbacks: CallbackReceiver
let visitor: PhoneVisitor

beforeAll(async () => {
  ;[browser, sandbox, callbacks] = await Promise.all([
    openBrowser(),
    startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings }),
    CallbackReceiver.start(),
  ])
  await sandbox.client.onInstance(sandbox.instance, 'PUT', 'update-every-webhooks', {
    value: callbacks.url,
  })
  visitor = new PhoneVisitor(browser, sandbox.simulator.controlUrl)
})

afterAll(async () => {
  await browser.close()
  await sandbox[Symbol.asyncDispose]()
  await callbacks[Symbol.asyncDispose]()
})

const open = async (phone: string, hash: string, look: Look = {}): Promise<Page> =>
  visitor.open(await visitor.look(look), `/phones/${phone}#${hash}`)

/** Taken where `RECADO_PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['RECADO_PICTURES']
  if (folder === undefined) return
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.screenshot({ path: join(folder, `${name}-desktop.png`) })
  await page.setViewportSize({ width: 390, height: 844 })
}

/** Only a business has labels. */
async function pairedBusiness() {
  const { client, simulator } = sandbox
  const phone = await simulator.addPhone({ phone: '5511988880077', name: 'Loja', business: true })
  const instance = await client.createInstance('business')
  await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: callbacks.url })
  await pair(client, instance, phone)
  return { phone, instance }
}

const notified = (notification: string) =>
  callbacks.next(({ body }) => body['notification'] === notification)

test('a group is made, changed and left by hand, and the gateway tells each step', async () => {
  const { recipient, sender, simulator } = sandbox
  const third = await simulator.addPhone({ phone: '5511999990077', name: 'Bia Lima' })
  await using page = await open(recipient.phone, 'new-group')
  await page.getByLabel('Group name').fill('Condomínio')
  await page.getByRole('checkbox', { name: sender.name }).check()
  await picture(page, 'new-group')
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByRole('heading', { name: 'Condomínio' }).waitFor()
  const { body: made } = await notified('GROUP_CREATE')
  expect(made['chatName']).toBe('Condomínio')

  await page.getByRole('link', { name: 'Condomínio' }).click()
  await page.getByLabel('Add participant').selectOption(third.phone)
  await page.getByRole('button', { name: `Make admin: ${third.name}` }).click()
  await page.getByRole('textbox', { name: 'Group name' }).fill('Condomínio Sol')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByRole('switch', { name: 'Only admins send messages' }).check()
  for (const notification of [
    'GROUP_PARTICIPANT_ADD',
    'GROUP_PARTICIPANT_PROMOTE',
    'GROUP_CHANGE_SUBJECT',
    'GROUP_CHANGE_ANNOUNCE',
  ])
    expect((await notified(notification)).body['phone']).toBe(made['phone'])
  await page.getByText('Condomínio Sol').first().waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await picture(page, 'group-info')
  await page.getByRole('button', { name: `Remove: ${third.name}` }).click()
  await notified('GROUP_PARTICIPANT_REMOVE')
  await page.getByRole('button', { name: 'Leave group' }).click()
  const { body: left } = await notified('GROUP_PARTICIPANT_LEAVE')
  expect(left['notificationParameters']).toEqual([recipient.phone])
})

test('a chat is labelled, muted, timed, pinned and archived, and the list shows it', async () => {
  const { recipient } = sandbox
  const { phone: sender, instance } = await pairedBusiness()
  await recipient.send(sender.phone, 'Bom dia')
  await sender.untilMessage(({ text }) => text === 'Bom dia')
  await using page = await open(sender.phone, `info/${recipient.phone}`)
  await page.getByLabel('New label').fill('Cliente novo')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('switch', { name: 'Cliente novo' }).and(page.locator(':checked')).waitFor()
  await page.getByLabel('Mute').selectOption('always')
  await page.getByLabel('Disappearing messages').selectOption('604800')
  await page.getByRole('switch', { name: 'Pinned' }).check()
  expect((await notified('CHAT_LABEL_ASSOCIATION')).body['notificationParameters']).toMatchObject([
    { phone: recipient.phone, assigned: true },
  ])
  await picture(page, 'chat-info')
  const { client } = sandbox
  const chat = () => client.onInstance(instance, 'GET', `chats/${recipient.phone}`)
  await expect.poll(chat).toMatchObject({ pinned: 'true', isMuted: '1' })

  await page.getByRole('link', { name: 'Back' }).click()
  await page.locator('.bar__subtitle').getByText('7 days').waitFor()
  await page.getByRole('link', { name: 'Back' }).click()
  const row = page.getByRole('link', { name: recipient.name })
  for (const mark of ['Cliente novo', 'Muted', 'Pinned']) await row.getByText(mark).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await picture(page, 'chats')
  await sender.changeChat(recipient.phone, { act: 'archive', on: true })
  await page.getByRole('link', { name: /^Archived/ }).click()
  await page.getByRole('heading', { name: 'Archived' }).waitFor()
  await page.getByRole('link', { name: recipient.name }).waitFor()
  await picture(page, 'archived')
  await sender.changeChat(recipient.phone, { act: 'clear' })
  await page.getByRole('link', { name: recipient.name }).waitFor({ state: 'detached' })
})

test('a channel is made, followed and administrated by hand', async () => {
  const { recipient, sender } = sandbox
  await using owner = await open(recipient.phone, 'updates')
  await owner.getByLabel('New channel').fill('Avisos do bairro')
  await owner.getByRole('button', { name: 'Add' }).click()
  await owner.getByRole('link', { name: 'Avisos do bairro' }).click()
  await owner.getByRole('link', { name: 'Avisos do bairro' }).click()
  await owner.getByLabel('Invite as admin').selectOption(sender.phone)

  await using page = await open(sender.phone, 'updates')
  await page.getByRole('link', { name: 'Avisos do bairro' }).click()
  await page.getByRole('button', { name: 'Follow' }).click()
  await page.getByText('2 followers').waitFor()
  await page.getByRole('switch', { name: 'Muted' }).check()
  await page.getByRole('button', { name: 'Accept invitation as admin' }).click()
  await owner.getByRole('button', { name: `Dismiss ${sender.name} as admin` }).waitFor()
  await picture(owner, 'channel-info')
  expect(await faultsInBothThemes(page)).toEqual([])
  const { client, instance } = sandbox
  expect(await client.onInstance(instance, 'GET', 'newsletter')).toMatchObject([
    { name: 'Avisos do bairro', viewMetadata: { role: 'ADMIN', mute: 'ON' } },
  ])
})

test('the pages made no error in all of this', () => {
  expect(visitor.complaints).toEqual([])
})

test('a status that the instance sends is seen by a contact, who posts another', async () => {
  const { client, instance, recipient, sender } = sandbox
  await client.onInstance(instance, 'POST', 'contacts/add', [
    { firstName: 'Maria', phone: recipient.phone },
  ])
  const sent = Object(
    await client.onInstance(instance, 'POST', 'send-text-status', { message: 'Promoção de hoje' }),
  )
  await recipient.untilStatus(({ id }) => id === sent.messageId, 60_000)
  await using page = await open(recipient.phone, 'chats')
  await page.getByRole('link', { name: 'Status and channels' }).click()
  await page.getByRole('link', { name: sender.name }).and(page.locator('.link-row--new')).waitFor()
  await picture(page, 'updates')
  await page.getByRole('link', { name: sender.name }).click()
  await page.getByText('Promoção de hoje').waitFor()
  await picture(page, 'story')
  await recipient.untilStatus(
    ({ id, status }) => id === sent.messageId && status === 'read',
    60_000,
  )
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByLabel('Text of a status').fill('Cheguei')
  await page.getByRole('button', { name: 'Post' }).click()
  await sender.untilStatus(({ text, fromMe }) => text === 'Cheguei' && !fromMe, 60_000)
  await page.getByRole('link', { name: 'My status' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
})
