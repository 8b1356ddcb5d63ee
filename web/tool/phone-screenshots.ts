/**
 * Takes a picture of every state of the virtual phone, in both themes, on a phone
 * and on a desktop: `npm run screenshots:phone [directory]`.
 */

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startSimulator } from '../../simulator/src/simulator.js'
import { openBrowser } from '../test/browser.js'
import {
  MARIA,
  type PhoneWorld,
  phoneWorld,
  sendCode,
  SHOP,
  sendText,
} from '../test/phone-world.js'
import { openStage } from './stage.js'
import { drawnPicture, inEveryLook, pictureDirectory } from './pictures.js'

const directory = await pictureDirectory('recado-phone-screenshots')
const ANA = '5511999990003'

const simulator = await startSimulator()
const pictured = openStage(simulator)
const browser = await openBrowser()
try {
  const world = await phoneWorld(pictured)
  await fill(world)
  await inEveryLook(
    browser,
    () => 'pt-BR',
    ({ page, suffix }) =>
      picturesOf(page, world, (name) => join(directory, `${name}-${suffix}.png`)),
  )
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
  await pictured.end()
  await simulator[Symbol.asyncDispose]()
}

async function fill(world: PhoneWorld): Promise<void> {
  const { maria, shop, stage } = world
  const ana = await stage.phone(ANA, { name: 'Ana' })
  await stage.phone('14155550123', { name: 'Kim Lee' })
  const family = stage.simulator.addGroup({ subject: 'Família', members: [MARIA, ANA, SHOP] })
  await ana.send(family.id, 'Quem vem no domingo?')
  await maria.untilMessage(({ chat }) => chat === family.id)
  await maria.send(family.id, 'Eu vou!')
  await shop.send(family.id, 'Levo a *sobremesa*')
  await maria.untilMessage(({ from, chat }) => chat === family.id && from === SHOP)
  await ana.send(MARIA, 'Você viu o _link_? https://exemplo.com.br/promo')
  await maria.untilMessage(({ from, chat }) => chat === ANA && from === ANA)

  await sendText(world, 'Olá, *Maria*! Seu pedido ~1023~ *1024* saiu para entrega')
  const own = await maria.send(SHOP, 'Obrigada! Chega que horas?')
  await shop.untilMessage(({ id }) => id === own.id)
  await shop.read(own.id)
  const long =
    'Entre 14h e 16h. Acompanhe em https://loja.exemplo.com.br/pedidos/1024 e, se precisar, informe o código ```PEDIDO-1024``` ao entregador.'
  await sendText(world, long)
  const image = await drawnPicture(browser, 'jpeg', {
    width: 640,
    height: 336,
    drawing:
      '<circle cx="320" cy="140" r="64"/><text x="320" y="276" font-size="42">Loja Exemplo</text>',
  })
  await sendCode(world, {
    text: 'Seu código de acesso é *482913*. Não compartilhe com ninguém.',
    code: '482913',
    image,
  })
  await maria.send(SHOP, 'Recebi, obrigada!')
  await sendCode(world, {
    text: 'Seu novo código é *771204*',
    code: '771204',
    withoutVersion: true,
  })
  await sendCode(world, { text: 'Seu código é *555001*', code: '555001' })
}

async function picturesOf(
  page: Page,
  world: PhoneWorld,
  file: (name: string) => string,
): Promise<void> {
  const { simulator: running } = world.stage
  const maria = `${running.controlUrl}/phones/${MARIA}`
  const take = async (name: string): Promise<void> =>
    void (await page.screenshot({ path: file(name) }))
  await page.goto(`${running.controlUrl}/phones`)
  await page.locator('.phone-card').first().waitFor()
  await take('phones')

  await page.goto(maria)
  await page.locator('.chat-row').first().waitFor()
  await take('chats')
  await page.getByRole('button', { name: 'Menu' }).click()
  await take('menu')
  await page.keyboard.press('Escape')
  await page.goto(`${maria}#new-chat`)
  await take('new-chat')
  await page.goto(`${running.controlUrl}/phones/${SHOP}#linked`)
  await page.locator('.device-row').first().waitFor()
  await take('linked')

  await page.goto(`${maria}#chat/${SHOP}`)
  await page.locator('.bubble__button').last().waitFor()
  await page.locator('.bubble__button').last().click()
  await page.locator('.toast').waitFor()
  await take('chat')
  await world.client.socket.sendPresenceUpdate('composing', `${MARIA}@s.whatsapp.net`)
  await page.locator('.bubble--typing').waitFor()
  await take('typing')
  await world.client.socket.sendPresenceUpdate('paused', `${MARIA}@s.whatsapp.net`)
  await page.locator('.log').evaluate((log) => (log.scrollTop = 0))
  await page.locator('.bubble--first').first().hover()
  await take('chat-top')
  await chooseWeb(page)
  await page.locator('.row:has(.bubble--placeholder) .inspect').last().click()
  await page.locator('.tree').first().waitFor()
  await take('panel')
  await page.locator('.failures__summary').click()
  await page.locator('.failures__list').waitFor()
  await page.locator('.failures .text-button:enabled').first().click()
  await page.locator('.failures__active:not(:empty)').waitFor()
  await page.locator('.failures').scrollIntoViewIfNeeded()
  await take('failures')
  await page.locator('.failures .text-button:enabled').first().click()
  await page.locator('.failures__active:empty').waitFor({ state: 'attached' })
  await page.locator('.failures__summary').click()
  await closePanel(page)
  await page.locator('.log').evaluate((log) => (log.scrollTop = log.scrollHeight))
  await take('chat-web')

  await page.goto(`${maria}#chat/${encodeURIComponent(running.groups[0]?.id ?? '')}`)
  await page.locator('.bubble').first().waitFor()
  await take('group')
  await page.goto(`${maria}#chats`)
  world.maria.goOffline()
  await page.locator('.banner').waitFor()
  await take('offline')
  await world.maria.comeOnline()
  await page.goto(`${running.controlUrl}/phones/14155550123`)
  await page.locator('.empty__title').first().waitFor()
  await take('empty')
  await page.goto(`${running.controlUrl}/phones/551100000000`)
  await page.locator('.empty--page .button').waitFor()
  await take('unknown')
}

async function chooseWeb(page: Page): Promise<void> {
  if (!(await page.locator('.panel').isVisible())) await page.locator('.bar__inspect').click()
  await page.locator('.choices__option', { hasText: 'Web' }).click()
  await closePanel(page)
}

async function closePanel(page: Page): Promise<void> {
  const close = page.locator('.panel__close')
  if (await close.isVisible()) await close.click()
}
