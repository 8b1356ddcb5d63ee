/** Everything that the console says, in English. Another language that lacks one of them does not compile. */

import type {
  DisconnectionReason,
  EndpointKind,
} from '../../gateway/src/console/instance-answers.js'
import { importWords } from './import/words.js'
import { sendWords } from './words/send.js'
import { codeTimeWords } from './words/code-times.js'
import { limitWords } from './words/limits.js'
import { poolWords } from './words/pools.js'
import { endingWords } from './words/ending.js'
import { auditWords } from './words/audit.js'
import { healthWords } from './words/health.js'
import { accountWords } from './words/account.js'
import { disabledWords } from './words/disabled.js'
import { passkeyWords } from './passkey/words.js'

export const en = {
  product: 'Recado',
  console: 'Console',
  loading: 'Loading…',
  noAnswer: 'The gateway does not answer. It is tried again by itself.',
  offline: 'Changes do not arrive by themselves at the moment.',
  live: 'Live',
  notLive: 'Not live',
  failed: 'That did not work.',
  brokenPage:
    'This page could not be shown. Reload it; if it stays like this, report it with its address.',
  cancel: 'Cancel',
  goBack: 'Go back',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow the copy.',
  save: 'Save',
  saved: 'Saved.',
  more: 'Show more',
  news: (count: number) => (count === 1 ? 'Show 1 new' : `Show ${count} new`),
  tidy: 'Show as it is now',
  skip: 'Skip to the content',
  theme: 'Appearance',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  nav: {
    instances: 'Instances',
    messages: 'Messages',
    alerts: 'Alerts',
    people: 'People',
    trail: 'Trail',
    nodes: 'Nodes',
    account: 'Account',
    logOut: 'Log out',
  },

  setUp: {
    title: 'Create the administrator',
    lead: 'This console has no administrator yet. The program prints the set-up code at each start until there is one.',
    code: 'Set-up code',
    name: 'Your name',
    password: 'Password',
    passwordHint: 'At least 12 characters. A sentence is good.',
    again: 'Password again',
    differ: 'The two passwords differ.',
    submit: 'Create and log in',
  },
  logIn: {
    title: 'Log in',
    name: 'Name',
    password: 'Password',
    code: 'One-time code',
    codeHint: 'From your authenticator app, or a recovery code.',
    submit: 'Log in',
  },

  states: {
    idle: 'Not linked',
    connecting: 'Connecting…',
    pairing: 'Waiting for the phone',
    open: 'Connected',
    waiting: 'Reconnecting…',
    ended: 'Disconnected',
  },
  /** In place of the state where a person has to act. */
  ends: {
    'logged-out': 'Unlinked',
    'integrity-check': 'Check asked',
    'backup-outdated': 'Unlinked',
    'closed-by-us': 'Unlinked',
    'pairing-timed-out': 'Not linked',
    replaced: 'Replaced',
    'restored-elsewhere': 'Replaced',
    banned: 'Blocked',
    suspended: 'Blocked',
  } satisfies Partial<Record<DisconnectionReason, string>>,
  stateHints: {
    idle: 'No phone is linked yet. Link the one whose number shall send:',
    connecting: 'The gateway is on its way to WhatsApp.',
    pairing: 'Scan the code with the phone.',
    open: 'The phone is linked: messages go and come.',
    waiting: 'The connection broke and is tried again by itself.',
    ended: 'The connection ended and does not come back by itself.',
  },

  instances: {
    title: 'Instances',
    lead: 'Each is one WhatsApp number.',
    create: 'New instance',
    name: 'Name',
    nameHint: 'For you, such as “Shop, log-in codes”.',
    submit: 'Create',
    empty: 'There is no instance yet. Create the first one, then pair its phone.',
    number: 'Number',
    state: 'State',
    waiting: 'Queued',
    unpaired: 'no number',
    outOfUse: 'Out of use',
    restricted: 'Restricted',
  },
  token: {
    title: 'The new token',
    once: 'Copy it now: it is not shown again.',
    id: 'Id',
    token: 'Token',
    firstCall: 'Your first call',
    done: 'I have copied it',
  },
  tabs: {
    overview: 'Overview',
    send: 'Send',
    messages: 'Messages',
    chats: 'Chats',
    queue: 'Queue',
    callbacks: 'Callbacks',
    settings: 'Settings',
    health: 'Health',
  },
  unknownInstance: 'There is no such instance.',

  overview: {
    clientTokenOff: 'Calls need no Client-Token',
    clientTokenOffHint:
      'A person who has read the URL of this instance can send from it. Require the Client-Token again once every program sends it: in the settings here, or for all instances with RECADO_CLIENT_TOKEN_REQUIRED=true.',
    connection: 'Connection',
    restriction: 'Restriction',
    unrestricted: 'none',
    restrictedUntil: (when: string) =>
      `WhatsApp lets this number start no new conversation until ${when}. People who have written before still get their messages.`,
    show: 'Show the QR code',
    hide: 'Stop',
    scan: [
      'Open WhatsApp on the phone.',
      'Tap ⋮ or Settings, then Linked devices, then Link a device.',
      'Point the phone at this code.',
    ],
    renews: 'The code renews itself.',
    qrLabel: 'QR code to scan with WhatsApp',
    scanVirtually: 'Scan with a virtual phone',
    asText: 'The code as text',
    asTextHint: 'For a virtual phone: copy it, and paste it there under ⋮, Linked devices.',
    byCode: 'Without a camera: with a code',
    phone: 'Number of the phone',
    phoneHint: 'With its country: +55 11 99999-9999',
    getCode: 'Get a code',
    typeCode:
      'Type it on the phone: Linked devices, Link a device, Link with phone number instead.',
    otherCode: 'For another number',
    about: 'About this number',
    sendCode: 'Send a code',
    disconnect: 'Disconnect the phone',
    disconnectReally: 'The phone is unlinked and has to be paired again. What is queued stays.',
    disconnectYes: 'Yes, disconnect',
    created: 'Created',
    id: 'Instance id',
    waiting: 'Queued',
    reconnect: 'Reconnect',
    restart: 'Restart the connection',
    reconnected: 'Connected.',
    restarted: 'The connection was restarted.',
    notReconnected: 'It is not connected yet. What is known about it stands on this page.',
    since: (when: string) => `Since ${when}.`,
    endsAt: (when: string) => `Until ${when}.`,
    keepsTrying: 'The gateway keeps trying.',
    challenged: (when: string) =>
      `WhatsApp asked this device for a passkey or a captcha on ${when}. A gateway cannot answer that, and WhatsApp may end the link. Open WhatsApp on the phone and answer what it asks.`,
    pairAnyway: 'Pair it again anyway',
    pairAnywayHint:
      'The gateway forgets the link that it has. If the number is blocked, pairing it again does not unblock it. If another program took the link over, reconnecting is enough.',
    forgetLink: 'Forget the link and pair again',
    forgetLinkReally:
      'The link is forgotten. A phone has to scan a new QR code. What is queued stays.',
    forgetLinkYes: 'Yes, forget it',
  },

  passkey: passkeyWords.en,

  import: importWords.en,

  send: sendWords.en,
  shownOn: {
    titles: { private: 'Where the button shows', group: 'Where the button shows in a group' },
    kindTitles: { private: 'Where it shows', group: 'Where it shows in a group' },
    senders: { personal: 'Personal number', business: 'Business number' },
    clients: { android: 'Android', ios: 'iPhone', web: 'Web', desktop: 'Desktop' },
    standings: { seen: 'Seen', likely: 'Likely', disputed: 'Disputed', unknown: 'Unknown' },
    hint: 'By public reports, with their date. WhatsApp may change it on any day, and no receipt tells. Sources: docs/button-status.md.',
    kindHint:
      'By public reports, with their date. WhatsApp may change it on any day, and no receipt tells. Sources: docs/kind-status.md.',
  },
  previewAuthor: 'Your company',

  messages: {
    openChat: 'Open the chat',
    title: 'Messages',
    show: 'Show',
    filters: { all: 'All', waiting: 'Waiting', arrived: 'Sent', failed: 'Not sent' },
    empty: 'No message yet. Send the first one on the tab Send, or over the API.',
    emptyFilter: 'There is none of these.',
    to: 'To',
    status: 'Status',
    accepted: 'Accepted',
    took: 'Took',
    code: 'Code',
    asText: 'as text',
    open: (to: string) => `Open the message to ${to}`,
    id: 'Message id',
    whatsappId: 'Id at WhatsApp',
    expires: 'Expires',
    happened: 'What happened',
    cause: 'Cause',
    cure: 'Fix',
  },
  statuses: {
    queued: 'Queued',
    sending: 'Being sent',
    unknown: 'Unconfirmed',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    played: 'Played',
    failed: 'Failed',
    expired: 'Expired',
    cancelled: 'Cancelled',
  },
  ticks: { sent: 'One tick', delivered: 'Two ticks', read: 'Two blue ticks' },
  steps: {
    accepted: 'Accepted',
    attempt: 'Attempt',
    moved: 'Given to another number',
    sent: 'WhatsApp took it',
    delivered: 'On the phone',
    read: 'Read',
    played: 'Played',
    failed: 'Failed',
    expired: 'Expired',
    cancelled: 'Cancelled',
  },
  moveCauses: {
    disconnected: 'its number was disconnected',
    restricted: 'its number may start no conversations',
    refused: 'WhatsApp refused the number',
    unknown: 'WhatsApp did not confirm it',
    removed: 'its number left the pool',
    full: 'its number has reached a limit',
    order: 'another number writes to this person by now',
  },
  outcomes: {
    sending: 'under way',
    sent: 'taken',
    refused: 'refused',
    unknown: 'not confirmed',
    'not-sent': 'nothing left',
    'too-late': 'too late',
    'no-such-recipient': 'number not on WhatsApp',
    'recipient-unreachable': 'recipient cannot be reached',
    'file-refused': 'file refused',
    'not-possible': 'cannot be sent',
  },

  queue: {
    title: 'Queued',
    expected: 'Its turn',
    empty: 'Nothing waits.',
    emptyHint: 'Messages wait here until it is their turn, or until the number is connected.',
    count: (count: number) => (count === 1 ? '1 message waits.' : `${count} messages wait.`),
    cancel: 'Cancel',
    cancelled: 'Cancelled.',
    cancelAll: 'Cancel all',
    search: 'Search',
    searchHint: 'Number, or the beginning of an id',
    notFound: 'No message that waits has this number or id.',
    cancelAllReally: 'Every message that has not left is cancelled and not sent.',
    cancelAllYes: 'Yes, cancel all',
    cancelledAll: (cancelled: number, kept: number) =>
      kept === 0 ? `${cancelled} cancelled.` : `${cancelled} cancelled, ${kept} on their way.`,
  },

  disabledEndpoint: disabledWords.en,
  kinds: {
    'message.sent': 'Message sent',
    'message.failed': 'Message not sent',
    'message.status-changed': 'Status changed',
    'message.received': 'Message received',
    'call.changed': 'Call',
    'chat.presence-changed': 'Typing and presence',
    'instance.connected': 'Connected',
    'instance.disconnected': 'Disconnected',
    'instance.passkey-needed': 'Passkey needed',
    'instance.proxy-failed': 'Proxy failed',
  } satisfies Readonly<Record<EndpointKind, string>>,

  limits: limitWords.en,
  codeTimes: codeTimeWords.en,
  pools: poolWords.en,

  ending: endingWords.en,

  trail: auditWords.en,

  health: healthWords.en,

  account: accountWords.en,
}

export type Words = typeof en
