/** What the person at the page chose. The browser keeps it, for all phones alike. */

import { useEffect, useState } from 'react'
import type { Client } from '../../simulator/src/model.js'
import { browserLanguage, type Language } from '../shared/texts.js'

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

export interface SettingsProps {
  readonly settings: Settings
  readonly choose: (change: Partial<Settings>) => void
}

export function useSettings(): SettingsProps {
  const [settings, setSettings] = useState(loadSettings)
  const { theme } = settings
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'auto') delete dataset['theme']
    else dataset['theme'] = theme
  }, [theme])
  useEffect(() => keepSettings(settings), [settings])
  const [choose] = useState(() => (change: Partial<Settings>): void => {
    setSettings((current) => ({ ...current, ...change }))
  })
  return { settings, choose }
}

function loadSettings(): Settings {
  const kept = read()
  return {
    client: choices.client.find((each) => each === kept['client']) ?? 'android',
    theme: choices.theme.find((each) => each === kept['theme']) ?? 'auto',
    language: choices.language.find((each) => each === kept['language']) ?? browserLanguage(),
  }
}

function keepSettings(settings: Settings): void {
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
