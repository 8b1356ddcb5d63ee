/** How the page looks and in which language it speaks. */

import { Choices } from '../shared/choices.js'
import { useTexts } from '../shared/texts.js'
import type { SettingsProps } from './settings.js'
import { phoneTexts } from './words.js'

const themes = ['auto', 'light', 'dark'] as const
const languages = ['en', 'pt'] as const

export function LookChoices({ settings, choose }: SettingsProps) {
  const words = useTexts(phoneTexts)
  return (
    <>
      <Choices
        name="theme"
        legend={words.theme}
        showsLegend
        labels={words.themes}
        order={themes}
        chosen={settings.theme}
        choose={(theme) => choose({ theme })}
      />
      <Choices
        name="language"
        legend={words.language}
        showsLegend
        labels={{ en: 'English', pt: 'Português' }}
        order={languages}
        chosen={settings.language}
        choose={(language) => choose({ language })}
      />
    </>
  )
}
