/**
 * Texts in English and in the Portuguese of Brazil. A page keeps its own beside it,
 * `export const linkingTexts = texts({ … }, { … })`, and a component takes them with `useTexts(linkingTexts)`.
 */

import { createContext, type ReactNode, use, useEffect } from 'react'

export type Language = 'en' | 'pt'

export type Texts<Dictionary> = Readonly<Record<Language, Dictionary>>

/** A text that the Portuguese lacks does not compile. */
export function texts<Dictionary>(en: Dictionary, pt: NoInfer<Dictionary>): Texts<Dictionary> {
  return { en, pt }
}

const LanguageContext = createContext<Language>('en')

interface LanguageProviderProps {
  readonly language: Language
  readonly children: ReactNode
}

export function LanguageProvider({ language, children }: LanguageProviderProps) {
  useEffect(() => {
    document.documentElement.lang = language === 'pt' ? 'pt-BR' : 'en'
  }, [language])
  return <LanguageContext value={language}>{children}</LanguageContext>
}

function useLanguage(): Language {
  return use(LanguageContext)
}

export function useTexts<Dictionary>(dictionary: Texts<Dictionary>): Dictionary {
  return dictionary[useLanguage()]
}

/** The browser's, where it is one of ours. */
export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt' : 'en'
}
