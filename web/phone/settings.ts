/** What the person at the page chose. The browser keeps it, for all phones alike. */

import type { Client } from './wire.js'
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
  const choice = <Name extends keyof typeof choices>(
    name: Name,
    otherwise: Settings[Name],
  ): Settings[Name] => {
    const known = choices[name].find((each) => each === kept[name])
    return (known as Settings[Name] | undefined) ?? otherwise
  }
  return {
    client: choice('client', 'android'),
    theme: choice('theme', 'auto'),
    language: choice('language', navigator.language.startsWith('pt') ? 'pt' : 'en'),
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
