/** What all pages share: where the person is, what they chose, what was read, and drawing anew. */

import { Queries } from './queries.js'
import { pathOf, type Route, routeOf } from './route.js'
import { en, type Words } from './words-en.js'
import { pt } from './words-pt.js'

export type Language = 'en' | 'pt'
export type Theme = 'system' | 'light' | 'dark'

const dictionaries: Readonly<Record<Language, Words>> = { en, pt }

export class App {
  readonly queries: Queries
  route: Route = routeOf(location.pathname)
  language: Language = kept('language', ['en', 'pt']) ?? firstLanguage()
  theme: Theme = kept('theme', ['system', 'light', 'dark']) ?? 'system'
  /** Said once at the bottom of the screen, and read aloud. */
  notice: string | undefined
  /** Whether changes arrive by themselves. */
  isLive = false
  readonly #draw: () => void
  readonly #held = new Map<string, object>()
  #isDue = false
  #noticeTimer: ReturnType<typeof setTimeout> | undefined

  constructor(draw: () => void, loggedOut: () => void) {
    this.#draw = draw
    this.queries = new Queries(() => this.update(), loggedOut)
    addEventListener('popstate', () => {
      this.route = routeOf(location.pathname)
      this.update()
    })
    this.#apply()
  }

  get words(): Words {
    return dictionaries[this.language]
  }

  /** Draws soon; many calls become one. */
  update(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#draw()
    })
  }

  go(route: Route): void {
    history.pushState(null, '', pathOf(route))
    this.route = route
    this.update()
    scrollTo({ top: 0 })
  }

  choose(choice: { readonly language?: Language; readonly theme?: Theme }): void {
    this.language = choice.language ?? this.language
    this.theme = choice.theme ?? this.theme
    localStorage.setItem('recado.language', this.language)
    localStorage.setItem('recado.theme', this.theme)
    this.#apply()
    this.update()
  }

  /** What one part of a page remembers between two drawings. */
  hold<T extends object>(name: string, first: () => T): T {
    const held = this.#held.get(name) ?? first()
    this.#held.set(name, held)
    // Each name is used with one type.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return held as T
  }

  letGo(name: string): void {
    this.#held.delete(name)
  }

  letAllGo(): void {
    this.#held.clear()
  }

  say(notice: string): void {
    this.notice = notice
    clearTimeout(this.#noticeTimer)
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined
      this.update()
    }, 5_000)
    this.update()
  }

  #apply(): void {
    const root = document.documentElement
    root.lang = this.language === 'pt' ? 'pt-BR' : 'en'
    if (this.theme === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = this.theme
  }
}

function kept<T extends string>(name: string, choices: readonly T[]): T | undefined {
  const text = localStorage.getItem(`recado.${name}`)
  return choices.find((choice) => choice === text)
}

function firstLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt' : 'en'
}
