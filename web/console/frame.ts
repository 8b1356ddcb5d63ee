/** What stands around every page: the name, where to go, language and appearance, and notices. */

import type { VisitAnswer } from '../../gateway/src/console/answers.js'
import type { App, Language, Theme } from './app.js'
import { link, skeleton } from './parts.js'
import { type Child, h } from './render.js'

const themes: readonly Theme[] = ['system', 'light', 'dark']

export function drawFrame(
  app: App,
  visit: VisitAnswer | undefined,
  content: HTMLElement | undefined,
  logOut: () => Promise<void>,
): Child {
  const { words } = app
  return [
    h('a', { class: 'skip', href: '#content' }, words.skip),
    h(
      'header',
      { class: 'bar' },
      h(
        'div',
        { class: 'bar__inside' },
        link(
          app,
          { page: 'instances' },
          { class: 'brand' },
          h('strong', {}, words.product),
          ' ',
          h('span', {}, words.console),
        ),
        visit?.state === 'in' && drawNav(app, logOut),
        drawChoices(app),
      ),
    ),
    content ?? h('main', { id: 'content' }, skeleton(5)),
    h(
      'div',
      { class: 'notice', role: 'status', 'aria-live': 'polite' },
      app.notice !== undefined && h('p', {}, app.notice),
    ),
  ]
}

function drawNav(app: App, logOut: () => Promise<void>): HTMLElement {
  const { nav } = app.words
  const isAccount = app.route.page === 'account'
  return h(
    'nav',
    { 'aria-label': app.words.console },
    link(
      app,
      { page: 'instances' },
      { 'aria-current': isAccount ? undefined : 'page' },
      nav.instances,
    ),
    link(app, { page: 'account' }, { 'aria-current': isAccount ? 'page' : undefined }, nav.account),
    h('button', { type: 'button', class: 'plain', onclick: () => void logOut() }, nav.logOut),
    h(
      'span',
      {
        class: app.isLive ? 'live live--on' : 'live',
        title: app.isLive ? app.words.live : app.words.offline,
      },
      app.isLive ? app.words.live : app.words.notLive,
    ),
  )
}

function drawChoices(app: App): HTMLElement {
  const { words } = app
  const other: Language = app.language === 'en' ? 'pt' : 'en'
  const nextTheme = themes[(themes.indexOf(app.theme) + 1) % themes.length] ?? 'system'
  return h(
    'div',
    { class: 'bar__choices' },
    h(
      'button',
      {
        type: 'button',
        class: 'plain',
        lang: other === 'pt' ? 'pt-BR' : 'en',
        onclick: () => app.choose({ language: other }),
      },
      other === 'pt' ? 'Português' : 'English',
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': `${words.theme}: ${words.themes[app.theme]}`,
        onclick: () => app.choose({ theme: nextTheme }),
      },
      h('span', { 'aria-hidden': 'true' }, '◐ '),
      words.themes[app.theme],
    ),
  )
}
