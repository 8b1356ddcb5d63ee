/** What all pages share: the language, the appearance, and what is said at the bottom of the screen. */

import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { browserLanguage, type Language, LanguageProvider, texts } from '../shared/texts.js'
import { en, type Words } from './words-en.js'
import { pt } from './words-pt.js'

export type Theme = 'system' | 'light' | 'dark'

export interface App {
  readonly language: Language
  readonly theme: Theme
  readonly words: Words
  readonly choose: (choice: { readonly language?: Language; readonly theme?: Theme }) => void
  /** Said once at the bottom of the screen, and read aloud. */
  readonly say: (notice: string) => void
}

interface Notice {
  readonly text: string
}

const consoleTexts = texts<Words>(en, pt)
const noticeMs = 5_000

const AppContext = createContext<App | undefined>(undefined)
const NoticeContext = createContext<string | undefined>(undefined)

export function AppProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(
    () => kept('language', ['en', 'pt']) ?? browserLanguage(),
  )
  const [theme, setTheme] = useState<Theme>(
    () => kept('theme', ['system', 'light', 'dark']) ?? 'system',
  )
  const [notice, setNotice] = useState<Notice>()

  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    if (notice === undefined) return undefined
    const timer = setTimeout(() => setNotice(undefined), noticeMs)
    return () => clearTimeout(timer)
  }, [notice])

  const app = useMemo<App>(
    () => ({
      language,
      theme,
      words: consoleTexts[language],
      choose: (choice) => {
        if (choice.language !== undefined) setLanguage(choice.language)
        if (choice.theme !== undefined) setTheme(choice.theme)
        for (const [name, value] of Object.entries(choice))
          localStorage.setItem(`recado.${name}`, value)
      },
      say: (text) => setNotice({ text }),
    }),
    [language, theme],
  )
  return (
    <LanguageProvider language={language}>
      <AppContext value={app}>
        <NoticeContext value={notice?.text}>{children}</NoticeContext>
      </AppContext>
    </LanguageProvider>
  )
}

export function useApp(): App {
  const app = use(AppContext)
  if (app === undefined) throw new Error('A page stands outside of AppProvider')
  return app
}

export function useNotice(): string | undefined {
  return use(NoticeContext)
}

function kept<T extends string>(name: string, choices: readonly T[]): T | undefined {
  const text = localStorage.getItem(`recado.${name}`)
  return choices.find((choice) => choice === text)
}
