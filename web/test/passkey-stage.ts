/** Numbers that WhatsApp asks for their passkey, and the people at the console, at the phone and at WhatsApp Web. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import type { Phone } from '../../simulator/src/phone.js'
import { ConsoleVisits, enterConsole, newVisitor } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'
import { watchShifts } from './layout-shifts.js'
import { shiftedClock } from './shifted-clock.js'
import { givePasskey, runInDevTools, showWhatsAppWeb } from './whatsapp-web.js'

/** One that is to be linked, with its page open in the console. */
export interface Unlinked {
  readonly name: string
  readonly instance: SandboxInstance
  readonly phone: Phone
  readonly page: Page
}

export class PasskeyStage implements AsyncDisposable {
  readonly world: ConsoleWorld
  readonly visits: ConsoleVisits
  /** Of the person who is logged in. */
  readonly context: BrowserContext
  #phones = 0

  private constructor(world: ConsoleWorld, visits: ConsoleVisits, context: BrowserContext) {
    this.world = world
    this.visits = visits
    this.context = context
  }

  /** @param own the person's browser, in place of a visitor's in `browser` */
  static async open(browser: Browser | BrowserContext): Promise<PasskeyStage> {
    const world = await openConsoleWorld(undefined, shiftedClock)
    const visits = new ConsoleVisits(world.url)
    const context = 'newContext' in browser ? await newVisitor(browser) : browser
    await watchShifts(context)
    await showWhatsAppWeb(context)
    const page = await visits.open('', context)
    await enterConsole(page, world.setupCode)
    await page.close()
    return new PasskeyStage(world, visits, context)
  }

  async unlinked(asksForPasskey: 'off' | 'on' | 'by-iq'): Promise<Unlinked> {
    this.#phones += 1
    const name = `Filial ${this.#phones}`
    const number = `551197777200${this.#phones}`
    const phone = await this.world.simulator.addPhone({ phone: number, name, asksForPasskey })
    const instance = await this.world.client.createInstance(name)
    const page = await this.visits.open(`instances/${instance.id}`, this.context)
    return { name, instance, phone, page }
  }

  /** Types it on the page of the phone, as its owner does. */
  async typeOnPhone({ phone }: Phone, text: string): Promise<Page> {
    const own = await this.context.newPage()
    await own.goto(`${this.world.simulator.controlUrl}/phones/${phone}#linked`)
    await own.getByRole('textbox').fill(text)
    await own.getByRole('button', { name: 'Link', exact: true }).click()
    return own
  }

  /** Shows the QR code in the console and scans it. */
  async scan({ page, phone }: Pick<Unlinked, 'page' | 'phone'>): Promise<Page> {
    await page.getByRole('button', { name: 'Show the QR code' }).click()
    return this.scanShown({ page, phone })
  }

  async scanShown({ page, phone }: Pick<Unlinked, 'page' | 'phone'>): Promise<Page> {
    await page.getByText('The code as text').click()
    return this.typeOnPhone(phone, (await page.locator('.qr-place code').textContent()) ?? '')
  }

  /** Copies the line, and runs it in the tab that opens. Gives that tab. */
  async signByLine(page: Page, phone: Phone): Promise<Page> {
    return (await this.runLine(page, phone)).tab
  }

  /** With what the line copied. */
  async runLine(page: Page, phone: Phone) {
    const opened = page.context().waitForEvent('page')
    await page.getByRole('button', { name: 'Copy the line and open WhatsApp Web' }).click()
    const tab = await opened
    await tab.getByRole('heading', { name: 'WhatsApp Web' }).waitFor()
    await givePasskey(tab, phone)
    const line = await page.evaluate<string>('navigator.clipboard.readText()')
    return { tab, ...(await runInDevTools(tab, line)) }
  }

  /** The gateway's clock says that the five minutes are over in which no code is due. */
  late(): void {
    process.kill(this.world.pid, 'SIGUSR2')
  }

  /** Waits until the page says that it is linked, and sends a code. Gives the one that a person's phone then has. */
  async codeOnPhone({ page, instance, name }: Unlinked, code: string): Promise<string | undefined> {
    await page.getByText('messages go and come').waitFor()
    const body = { phone: this.world.recipient.phone, message: `Aqui é ${name}`, code }
    await this.world.client.onInstance(instance, 'POST', 'send-button-otp', body)
    const isIt = ({ text }: { readonly text: string }): boolean => text.includes(body.message)
    return (await this.world.recipient.untilMessage(isIt, 30_000)).buttons[0]?.code
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]()
  }
}

export function heading(page: Page, name: string) {
  return page.getByRole('heading', { name })
}

export async function confirmOn(phonePage: Page): Promise<void> {
  await phonePage.getByRole('button', { name: 'Confirm', exact: true }).click()
}
