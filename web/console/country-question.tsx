/** Asks about a number that was typed without its country. */

import { useApp } from './app.js'
import { withCountry } from './country.js'
import { phoneText } from './moments.js'

const words = {
  en: {
    ask: (number: string) => `The country is missing. Is it ${number}?`,
    yes: 'Yes, use it',
  },
  pt: {
    ask: (number: string) => `Falta o país. É ${number}?`,
    yes: 'Sim, usar este',
  },
}

interface CountryQuestionProps {
  readonly typed: string
  readonly take: (number: string) => void
}

export function CountryQuestion({ typed, take }: CountryQuestionProps) {
  const { language } = useApp()
  const number = withCountry(typed)
  return (
    // Always there, so that the question is read aloud.
    <div role="status">
      {number !== undefined && (
        <p className="warning country-question">
          {words[language].ask(phoneText(number))}{' '}
          <button type="button" className="small" onClick={() => take(`+${number}`)}>
            {words[language].yes}
          </button>
        </p>
      )}
    </div>
  )
}
