/** Starts the console: finds out who looks at it, and draws the page that is open. */

import type { VisitAnswer } from '../../gateway/src/console/answers.js'
import { drawAccount } from './account-page.js'
import { ask, Refusal } from './api.js'
import { App } from './app.js'
import { drawLogIn, drawSetUp } from './door-page.js'
import { drawFrame } from './frame.js'
import { drawInstance } from './instance-page.js'
import { drawInstances } from './instances-page.js'
import { listen } from './live.js'
import { show } from './render.js'
import { pathOf } from './route.js'

const page = document.querySelector('#page') ?? document.body

let visit: VisitAnswer | undefined
let stopListening: (() => void) | undefined
let shownPath = ''

const app = new App(draw, () => {
  if (visit?.state === 'in') void load()
})

function draw(): void {
  app.queries.begin()
  show(page, drawFrame(app, visit, drawContent(), logOut))
  app.queries.end()
  follow()
}

function drawContent(): HTMLElement | undefined {
  if (visit === undefined) return undefined
  const { state, administrator } = visit
  if (state === 'set-up') return drawSetUp(app, load)
  if (state === 'log-in' || administrator === undefined) return drawLogIn(app, load)
  switch (app.route.page) {
    case 'account':
      return drawAccount(app, administrator, load)
    case 'instance':
      return drawInstance(app, app.route)
    case 'instances':
      return drawInstances(app)
  }
}

/** Who comes to another page hears its heading first. */
function follow(): void {
  const heading = document.querySelector('h1')
  document.title = `${heading?.textContent ?? app.words.console} · ${app.words.product}`
  const path = pathOf(app.route)
  if (shownPath !== path)
    document
      .querySelector('.tabs [aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  if (shownPath !== '' && shownPath !== path && document.activeElement === document.body)
    heading?.focus({ preventScroll: true })
  // The tabs are there once the instance is.
  if (heading !== null) shownPath = path
}

/** Asks again who is logged in. */
async function load(): Promise<void> {
  try {
    visit = await ask<VisitAnswer>('GET', 'visit')
    if (visit.state === 'in') {
      stopListening ??= listen(app, () => void hearAgain())
    } else leave()
    app.update()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    app.say(app.words.noAnswer)
    setTimeout(() => void load(), 3_000)
  }
}

/** The login has ended, or the gateway was away: its answer to the visit tells which. */
async function hearAgain(): Promise<void> {
  stopListening?.()
  stopListening = undefined
  // Not at once: too many pages may be open, and then it is refused again.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await load()
}

/** Nothing that was read stays on the screen of whoever comes next. */
function leave(): void {
  stopListening?.()
  stopListening = undefined
  app.isLive = false
  app.queries.forget()
  app.letAllGo()
}

async function logOut(): Promise<void> {
  await ask('POST', 'log-out').catch(() => undefined)
  leave()
  await load()
}

app.update()
void load()
