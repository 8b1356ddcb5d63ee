/**
 * Where a rule of the simulator's judge comes from.
 *
 * WhatsApp does not document what it does with a shape, so every rule names the
 * public report that it rests on. A rule without a report says that it is ours.
 */

export interface Evidence {
  readonly source: string
  /** `yyyy-mm` or `yyyy-mm-dd`, as exact as the source gives it. */
  readonly date: string
  readonly claim: string
}

export const evidence = {
  unwrapped: {
    source: 'EvolutionAPI/evolution-go#204',
    date: '2026-09-22',
    claim: 'bare interactive message with <biz> shows on a handset and on Web',
  },
  bizShapes: {
    source: 'tulir/whatsmeow#1235',
    date: '2026-08-27',
    claim:
      'no <biz>: accepted, nothing shows; <biz><buttons/>: 405; <interactive/> without child: 479',
  },
  twoBiz: {
    source: 'oxidezap/whatsapp-rust#1296',
    date: '2026-08-12',
    claim: 'two <biz>: acknowledged, delivered, read, and the button shows nowhere',
  },
  literalNames: {
    source: 'whatsapp-rust#1132',
    date: '2026-07-27',
    claim:
      'cta_url, call_permission_request, payment_info: 473; open_webview, galaxy_message: 405; mixed: 10 of 10 delivered from a business account; no <biz>: accepted, acked, invisible',
  },
  droppedNames: {
    source: 'whatsapp-rust#628, baileyrs#7',
    date: '2026-05-14',
    claim: 'the literal name cta_copy is dropped without a word, in a chat and in a group',
  },
  minimalBiz: {
    source: 'EvolutionAPI/evolution-api#2526',
    date: '2026-04-29',
    claim:
      '<biz> without attributes shows on Web, Desktop, iOS and Android; viewOnce was the fault',
  },
  mediatypes: {
    source: 'WhiskeySockets/Baileys#2435',
    date: '2026-03-20',
    claim:
      'video and audio whose wrapper hides the mediatype are acknowledged and not delivered; an image passes',
  },
  wrappers: {
    source: 'itsliaaa/baileys#13 and #20, shizo-devs#35',
    date: '2026-05',
    claim:
      'wrapped: shows on Android, Web says it could not load, iPhones sometimes miss image and button',
  },
  webParser: {
    source: "WhatsApp Web's own parser (native flow validation)",
    date: '2026-11-22',
    claim:
      'Web wants messageVersion of at most 1, a <biz> on the received stanza and a flow name that fits the buttons',
  },
  legacyList: {
    source: 'EvolutionAPI/evolution-go#204',
    date: '2026-09-22',
    claim:
      'a listMessage with <biz><list/> shows on a handset and on Web; the chosen row comes back',
  },
  listBiz: {
    source: 'EvolutionAPI/evolution-api#1926, evolution-go#170',
    date: '2026-08-12',
    claim: 'a listMessage without its own <biz> is refused: 479 in 2025, 405 in 2026',
  },
  bizOnReply: {
    source: 'tulir/whatsmeow#1221',
    date: '2026-08',
    claim: 'a <biz> beside the answer to a button or a list: 479',
  },
  nestedPix: {
    source: "WhatsApp Web's own sender (fan-out stanza of a Pix key)",
    date: '2026-11-28',
    claim: '<biz> without attributes around a flow payment_info without v, to people and to groups',
  },
  flatPayments: {
    source: "WhatsApp Web's own sender, baileyrs#7",
    date: '2026-05-14',
    claim: '<biz native_flow_name> without children carries orders, their updates and Pix keys',
  },
  templates: {
    source: 'wppconnect-team/wa-js (prepareMessageButtons), shizo-devs#35',
    date: '2026-08-21',
    claim: 'a hydrated template with an OTP URL shows on linked devices; to phones it fares worse',
  },
  singleSelect: {
    source: 'neonize#191, tulir/whatsmeow#1144',
    date: '2026-05-29',
    claim: 'single_select: shown on Android by one report; iOS asks for an update or shows nothing',
  },
  carousels: {
    source: 'whatsapp-rust#1133, evolution-go',
    date: '2026-07-27',
    claim: 'without <biz>: acknowledged and invisible; every card needs a header and a body',
  },
  payments: {
    source: 'zapo#228',
    date: '2026-08-05',
    claim: 'a PIX key under the name mixed: accepted, then dropped',
  },
  onePaymentButton: {
    source: 'WhatsApp for Android, its source',
    date: '2026-11-28',
    claim: 'a payment has exactly one button with parameters',
  },
  viewOnceWrapper: {
    source: 'WhiskeySockets/Baileys#2435',
    date: '2026-03-20',
    claim: 'video and audio in a view-once wrapper are dropped, an image passes',
  },
  eventSecret: {
    source: "WhatsApp Web's own parser (events)",
    date: '2026-11-28',
    claim: 'an event without messageSecret is refused',
  },
  unexpectedMeta: {
    source: 'whatsapp-rust (tests of its sender)',
    date: '2026-08-21',
    claim: 'a <meta status_setting> beside a reaction to a status: 479',
  },
  pollLimits: {
    source: "WhatsApp Web's switches for polls (whatsapp-rust abprops.rs)",
    date: '2026-08-21',
    claim: 'a question of 255 characters, twelve options of 100, none of them twice',
  },
  cardMedia: {
    source: "WhatsApp Web's own parser (WAWebParseInteractiveMessageProto)",
    date: '2026-11-28',
    claim: 'a card without image, video or product is dropped; without a card nothing shows',
  },
  ours: {
    source: 'this simulator',
    date: '2026-11-22',
    claim: 'no report exists: the cautious reading',
  },
} as const satisfies Record<string, Evidence>
