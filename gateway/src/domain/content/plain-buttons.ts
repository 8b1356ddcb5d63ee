/**
 * Buttons and options in plain text, for people whose WhatsApp gets no buttons. In Portuguese, as
 * the customers of Z-API's callers speak.
 */

import type { CardButton } from '../incoming-content.js'

/** Those that say something, an empty line between two of them. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Answers are numbered, from `firstNumber`; what a code is copied from stands last, alone on its line. */
export function buttonLines(buttons: readonly CardButton[], firstNumber = 1): string {
  const replies = buttons.filter(({ kind }) => kind === 'reply').map(({ text }) => text)
  const lines = buttons.flatMap((button) => {
    if (button.kind === 'url') return [`${button.text}: ${button.url}`]
    return button.kind === 'call' ? [`${button.text}: +${button.phone}`] : []
  })
  const codes = buttons.flatMap((button) =>
    button.kind === 'copy' ? [`${button.text}:`, button.code] : [],
  )
  return paragraphs(numbered(replies, firstNumber), lines.join('\n'), ...codes)
}

/** Empty where there is no option. */
export function numbered(options: readonly string[], firstNumber = 1): string {
  if (options.length === 0) return ''
  const lines = options.map((option, index) => `${index + firstNumber} - ${option}`)
  return paragraphs(lines.join('\n'), 'Responda com o número da opção.')
}

/** The code that a tap copies. Of several, the first. */
export function copiedCode(buttons: readonly CardButton[]): string | undefined {
  return buttons.find((button) => button.kind === 'copy')?.code
}
