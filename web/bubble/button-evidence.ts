/**
 * Where WhatsApp's clients show the copy-code button, by public reports: the one source for the
 * virtual phone, the console's preview and the table of `docs/button-status.md`.
 *
 * WhatsApp does not tell, so reports are the only source. `seen` needs a report that names this button
 * and this client.
 */

export type Standing = 'seen' | 'likely' | 'disputed' | 'unknown'
export type ButtonClient = 'android' | 'ios' | 'web' | 'desktop'
export type SenderKind = 'personal' | 'business'
export type ChatKind = 'private' | 'group'

export interface Report {
  readonly source: string
  /** `yyyy-mm` or `yyyy-mm-dd`: of the report, or when the source was read. */
  readonly date: string
  readonly claim: string
}

export interface ButtonEvidence {
  readonly standing: Standing
  /** The one that decides comes first. */
  readonly reports: readonly Report[]
}

export const buttonClients: readonly ButtonClient[] = ['android', 'ios', 'web', 'desktop']

/** By the letters of `docs/button-status.md`. */
export const buttonReports = {
  a: {
    source: 'baileyrs #7 and whatsapp-rust #628',
    date: '2026-05-14',
    claim: 'the copy-code button on Android, in a private chat and in a group',
  },
  b: {
    source: 'Evolution API #2526',
    date: '2026-04-29',
    claim: 'other buttons without a wrapper, tested on Web, Desktop, iOS and Android',
  },
  c: {
    source: 'evolution-go #204',
    date: '2026-09-22',
    claim: 'a reply button on a handset and on Web; the tap came back',
  },
  d: {
    source: 'whatsapp-rust #1132',
    date: '2026-07-27',
    claim: 'from a Business number, delivered 10 of 10; the report does not say that it shows',
  },
  f: {
    source: 'WhatsApp for Android, its source',
    date: '2026-11-22',
    claim: 'takes cta_copy and copies copy_code',
  },
  g: {
    source: 'WhatsApp Web, its source',
    date: '2026-11-28',
    claim: 'takes cta_copy with our shape; no rule about senders or groups',
  },
  h: {
    source: "GREEN-API's documentation",
    date: '2026-11-28',
    claim:
      'a table without a date or a test: Android, iOS and Web show copy buttons in private chats, Desktop for Windows does not',
  },
  i: {
    source: 'shizo-devs #35',
    date: '2026-05',
    claim: 'with an image in the older wrapper, some iPhones lack the image and the button',
  },
} as const satisfies Record<string, Report>

type Letter = keyof typeof buttonReports

interface Cell {
  readonly standing: Standing
  readonly letters: readonly Letter[]
}

const unknown: Cell = { standing: 'unknown', letters: [] }

export const buttonCells: Readonly<
  Record<SenderKind, Readonly<Record<ChatKind, Readonly<Record<ButtonClient, Cell>>>>>
> = {
  personal: {
    private: {
      android: { standing: 'seen', letters: ['a', 'f'] },
      ios: { standing: 'likely', letters: ['b', 'h'] },
      web: { standing: 'likely', letters: ['c', 'b', 'h', 'g'] },
      desktop: { standing: 'disputed', letters: ['b', 'h'] },
    },
    group: {
      android: { standing: 'seen', letters: ['a'] },
      ios: unknown,
      web: { standing: 'likely', letters: ['g'] },
      desktop: unknown,
    },
  },
  business: {
    private: {
      android: { standing: 'unknown', letters: ['d'] },
      ios: { standing: 'unknown', letters: ['d'] },
      web: { standing: 'likely', letters: ['g'] },
      desktop: unknown,
    },
    group: {
      android: unknown,
      ios: unknown,
      web: { standing: 'likely', letters: ['g'] },
      desktop: unknown,
    },
  },
}

const withImage: Cell = { standing: 'unknown', letters: ['i'] }

/** `hasImage`: above the button, where there is no report on our shape. */
export function buttonEvidence(
  client: ButtonClient,
  of: { readonly sender: SenderKind; readonly chat: ChatKind; readonly hasImage: boolean },
): ButtonEvidence {
  const { standing, letters } = of.hasImage ? withImage : buttonCells[of.sender][of.chat][client]
  return { standing, reports: letters.map((letter) => buttonReports[letter]) }
}
