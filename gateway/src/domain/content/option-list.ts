import { numbered, paragraphs } from './plain-buttons.js'
import { type TextContent, text } from './text.js'
import type { Traits } from './traits.js'

export interface Option {
  /** Comes back when the option is chosen. */
  readonly id: string
  readonly title: string
  /** Empty where there is none. */
  readonly description: string
  /** The heading that it stands under. */
  readonly section?: string | undefined
}

/** A text with a button that opens a list, of which one option can be chosen. */
export interface OptionListContent {
  readonly kind: 'option-list'
  readonly text: string
  readonly title: string
  /** On the button. */
  readonly buttonText: string
  readonly options: readonly Option[]
}

export const optionListTraits: Traits<OptionListContent, TextContent> = {
  text: (content) => content.text,
  asReceived: ({ title, text: body }) => ({ kind: 'text', text: `${title}\n${body}` }),
  // A `single_select` in a group shows on Android alone (neonize #191, 2026-05-29; whatsmeow #1144, 2026-05-13).
  isRareInGroups: true,
  fallback: ({ text: body, title, options }) =>
    text(paragraphs(title, body, numbered(options.map(inOneLine)))),
}

function inOneLine({ title, description, section }: Option): string {
  const said = description === '' ? title : `${title}: ${description}`
  return section === undefined ? said : `${section}: ${said}`
}
