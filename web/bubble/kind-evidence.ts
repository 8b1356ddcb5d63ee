/**
 * Where WhatsApp's clients show each kind of message from a linked device, by public reports: the one source for
 * the virtual phone and the table of `docs/kind-status.md`. The copy button has a table of its own,
 * `button-evidence.ts`.
 *
 * `seen` needs a report that names this kind and this client. `likely`: the client's own source takes it, or
 * what every client sends itself.
 */

import type { Report, Standing } from './button-evidence.js'

export type KindClient = 'android' | 'ios' | 'web'

export const kindClients: readonly KindClient[] = ['android', 'ios', 'web']

/** By the letters of `docs/kind-status.md`. */
export const kindReports = {
  a: {
    source: 'evolution-go #204',
    date: '2026-09-22',
    claim: 'a list and a reply button on a handset and on Web; the choice came back',
  },
  b: {
    source: 'Evolution API #2526',
    date: '2026-04-29',
    claim: 'reply, link, Pix, list and carousel on Web, Desktop, iOS and Android, tested by hand',
  },
  c: {
    source: 'whatsmeow #1144',
    date: '2026-05-13',
    claim: 'reply and link buttons on iOS and Android; single_select asks for an update on both',
  },
  d: {
    source: 'neonize #191',
    date: '2026-05-29',
    claim: 'single_select on Android, not on iOS; reply buttons on both',
  },
  e: {
    source: 'itsliaaa/baileys #25',
    date: '2026-07-10',
    claim: 'iOS 26: no native flow below an image, a carousel only without images',
  },
  f: {
    source: 'evolution-go #59',
    date: '2026-05-13',
    claim: 'only carousels show; the client is not named',
  },
  g: {
    source: 'WhatsApp Web, its source',
    date: '2026-11-28',
    claim: 'takes reply, link, call and payment buttons; single_select: "open on your phone"',
  },
  h: {
    source: 'zapo #228',
    date: '2026-08-05',
    claim: 'a Pix key under its own flow name; under mixed it was dropped',
  },
  i: {
    source: 'WAHA #1460',
    date: '2025-10-10',
    claim: 'received Pix cards show in the app and on Web',
  },
  j: {
    source: 'WhiskeySockets/Baileys #2468',
    date: '2026-04-05',
    claim: 'an event sent to a group does not show; the cause was not found',
  },
  k: {
    source: "WhatsApp's own clients",
    date: '2026-11-28',
    claim: 'send and show this kind themselves, in the same form',
  },
  l: {
    source: 'WhiskeySockets/Baileys #2435',
    date: '2026-03-20',
    claim: 'view-once video and audio arrive only with the flag inside the media',
  },
} as const satisfies Record<string, Report>

type Letter = keyof typeof kindReports

interface Cell {
  readonly standing: Standing
  readonly letters: readonly Letter[]
}

type Row = Readonly<Record<KindClient, Cell>>

const unknown: Cell = { standing: 'unknown', letters: [] }

function cell(standing: Standing, ...letters: Letter[]): Cell {
  return { standing, letters }
}

/** What every client sends and shows itself. */
const plain: Row = {
  android: cell('likely', 'k'),
  ios: cell('likely', 'k'),
  web: cell('likely', 'k'),
}

/** By the kind of a view; in groups a list is another form. */
export const kindCells: Readonly<Record<string, Row>> = {
  plain,
  'reply-buttons': {
    android: cell('seen', 'c', 'a'),
    ios: cell('seen', 'c', 'd'),
    web: cell('seen', 'a', 'g'),
  },
  'action-buttons': {
    android: cell('seen', 'c'),
    ios: cell('seen', 'c'),
    web: cell('seen', 'b', 'g'),
  },
  list: { android: cell('seen', 'b', 'a'), ios: cell('seen', 'b'), web: cell('seen', 'a', 'b') },
  'group-list': {
    android: cell('disputed', 'd', 'c'),
    ios: cell('disputed', 'b', 'c', 'd'),
    web: unknown,
  },
  carousel: {
    android: cell('seen', 'b', 'f'),
    ios: cell('disputed', 'b', 'e'),
    web: cell('seen', 'b'),
  },
  pix: {
    android: cell('likely', 'b', 'h'),
    ios: cell('likely', 'b'),
    web: cell('likely', 'i', 'g'),
  },
  order: { android: unknown, ios: unknown, web: cell('likely', 'g') },
  event: {
    android: cell('disputed', 'k', 'j'),
    ios: cell('disputed', 'k', 'j'),
    web: cell('likely', 'k'),
  },
  'view-once': {
    android: cell('likely', 'l'),
    ios: cell('likely', 'l'),
    web: unknown,
  },
}

interface KindEvidence {
  readonly standing: Standing
  readonly reports: readonly Report[]
}

/** A kind without a row of its own counts as plain. */
export function kindEvidence(
  client: KindClient,
  of: {
    readonly kind: string
    readonly isGroup: boolean
    readonly viewOnce: boolean
    /** Whether the phone has a drawing for it. */
    readonly isDrawn: boolean
  },
): KindEvidence {
  if (!of.isDrawn) return { standing: 'unknown', reports: [] }
  const kind = of.kind === 'list' && of.isGroup ? 'group-list' : of.kind
  const { standing, letters } = (kindCells[of.viewOnce ? 'view-once' : kind] ?? plain)[client]
  return { standing, reports: letters.map((letter) => kindReports[letter]) }
}
