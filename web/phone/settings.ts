/** What the person at the page chose. The browser keeps it, for all phones alike. */

import type { Client } from '../../simulator/src/model.js'
import type { Language } from './words.js'

export interface Settings {
  readonly client: Client
  readonly theme: 'auto' | 'light' | 'dark'
  readonly language: Language
}

const place = 'recado.phone'
const choices = {
  client: ['android', 'ios', 'web'],
  theme: ['auto', 'light', 'dark'],
  language: ['en', 'pt'],
} as const

export function loadSettings(): Settings {
  const kept = read()
  const system = navigator.language.startsWith('pt') ? 'pt' : 'en'
  return {
    client: choices.client.find((each) => each === kept['client']) ?? 'android',
    theme: choices.theme.find((each) => each === kept['theme']) ?? 'auto',
    language: choices.language.find((each) => each === kept['language']) ?? system,
  }
}

export function keepSettings(settings: Settings): void {
  try {
    localStorage.setItem(place, JSON.stringify(settings))
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

function read(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}
