/** A person who looks at virtual phones in a browser. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { prepared } from './browser.js'
import { watchShifts } from './layout-shifts.js'

export interface Look {
  readonly language?: string
  readonly theme?: 'light' | 'dark'
  readonly desktop?: boolean
}

export class PhoneVisitor {
  /** What no page may do: errors, and requests to elsewhere. */
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #origin: string
  readonly #looks = new Map<string, Promise<BrowserContext>>()

  /** `origin` is the simulator's control API. */
  constructor(browser: Browser, origin: string) {
    this.#browser = browser
    this.#origin = origin
  }

  /** The pages that look the same way share a browser's memory. */
  look(how: Look = {}): Promise<BrowserContext> {
    const key = JSON.stringify(how)
    const made = this.#looks.get(key) ?? this.#newLook(how)
    this.#looks.set(key, made)
    return made
  }

  async open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      // What the simulator refuses is said on the page; the browser says it, too.
      const isExpected = /status of 4\d\d/.test(message.text())
      if (message.type() === 'error' && !isExpected) this.complaints.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.#origin}/`)) this.complaints.push(request.url())
    })
    await page.goto(this.#origin + path)
    return page
  }

  async #newLook({
    language = 'en-US',
    theme = 'light',
    desktop = false,
  }: Look): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      locale: language,
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: desktop ? { width: 1280, height: 900 } : { width: 390, height: 844 },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await prepared(context)
    await watchShifts(context)
    return context
  }
}
