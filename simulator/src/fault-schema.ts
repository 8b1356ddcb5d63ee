/**
 * The JSON of what can go wrong, as `GET` and `PUT /faults` speak it. docs/simulator-faults.md
 * says the same to people, with what a gateway makes of it.
 *
 *     {
 *       "acks": [
 *         { "kind": "error", "code": 463, "strangers": true },
 *         { "kind": "error", "code": 479, "to": "5511999990001", "times": 1 },
 *         { "kind": "late", "delayMs": 3000 },
 *         { "kind": "missing", "from": "5511999990000", "times": 2 }
 *       ],
 *       "logins": [{ "code": 503, "times": 3 }, { "code": 401, "phone": "5511999990000" }],
 *       "notOnWhatsApp": ["5511999990009"],
 *       "unmentioned": ["5511999990008"],
 *       "unmoved": ["5511999990000"],
 *       "moved": ["5511999990000"],
 *       "paymentsNeedBusiness": true,
 *       "decryption": [{ "phone": "5511999990001", "times": 1 }],
 *       "newChatLocks": [{ "phone": "5511999990000", "until": 1795406212 }],
 *       "forged": ["account-signature", "signed-prekey"],
 *       "passkey": [{ "kind": "cut", "at": "prologue", "phone": "5511999990000", "times": 1 }],
 *       "media": { "upload": "refuse", "download": "expired", "delayMs": 2000,
 *                  "refusals": [{ "at": "upload", "code": 413, "times": 1 }] }
 *     }
 *
 * - `acks`: the first rule that fits a client's message decides. `times` counts down
 *   and the rule goes when it is used up; without it the rule stays.
 * - `logins`: 503 and 515 end the stream, the others refuse the login: 401 unlinked, 402 blocked for
 *   `expire` seconds, 403 locked, 405 and 409 client outdated, 406 banned.
 * - `notOnWhatsApp`: a number that exists here and is not found by those who ask.
 * - `unmentioned`: a number, registered or not, that the answer to those who ask for it leaves out.
 * - `unmoved`: an account that WhatsApp has not moved to LIDs: what its clients write to a person's LID is refused with 400.
 * - `moved`: an account that WhatsApp has moved: what its clients write to a person's number is refused with 463.
 * - `paymentsNeedBusiness`: Pix keys, orders and their updates are refused with 473 unless the sender is a business.
 * - `decryption`: the phone fails to decrypt its next messages and asks for them again.
 * - `newChatLocks`: what a client is told that asks whether this number may start chats; `until`
 *   in seconds since 1970. It refuses nothing by itself: add an `acks` rule.
 * - `forged`: signatures of no known key: the phone's under a pairing, or those of the
 *   keys that a client fetches to write to a person.
 * - `passkey`: what goes wrong in a linking that asks for a passkey. `silence`: the answer gets a result and
 *   the phone hears nothing. `malformed`: the phone's key has 31 bytes. `asked-twice`: a second request with
 *   other options follows the first. `early-success`: the server says that the companion is logged in, before
 *   it asks. `error`: the question at `options`, `ref`, `prologue`, `nonce` or `pairing-request` is refused.
 *   `cut`: the connection breaks after that step, `request`, `continuation` and `success` too.
 * - `media`: a refused upload is answered 507; a file is "missing" (404) or "expired" (410). `refusals` name the
 *   code: of the HTTP answer to an `upload`, or of the error to those who ask for the media `hosts`.
 *
 * A `PUT` sets the parts it names and leaves the others; `[]` and `{}` clear a part.
 * It takes one part more, which acts at once and is kept nowhere:
 *
 *     { "connections": [{ "phone": "5511999990000", "device": 1, "action": "drop" }] }
 *
 * with the actions `drop`, `freeze`, `thaw`, `replace` (440), `unlink` (401) and `challenge`
 * (WhatsApp asks the device for a passkey, as before it unlinks one); without `device` every
 * linked device of the phone is meant. A banned number: a rule of `logins` with 403, then `drop`.
 *
 * A number registered without its ninth digit is no fault: add the phone without it.
 */

import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false }

/** A phone number: digits only, as WhatsApp writes it. */
export const Digits = Type.String({ pattern: '^[0-9]{5,20}$' })

const times = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 }))
const delayMs = Type.Integer({ minimum: 0, maximum: 600_000 })

const AckRule = Type.Object(
  {
    kind: Type.Enum(['error', 'late', 'missing']),
    /** With kind `error`. */
    code: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    /** With kind `late`. */
    delayMs: Type.Optional(delayMs),
    from: Type.Optional(Digits),
    /** A number or a group's JID. */
    to: Type.Optional(Type.String({ pattern: '^([0-9]{5,20}|[0-9-]+@g\\.us|status@broadcast)$' })),
    /** Only recipients who have never written to the sender. */
    strangers: Type.Optional(Type.Boolean()),
    /** Only messages with buttons. */
    buttons: Type.Optional(Type.Boolean()),
    times,
  },
  strict,
)

const LoginRule = Type.Object(
  {
    code: Type.Enum([400, 401, 402, 403, 405, 406, 409, 503, 515]),
    /** With code 402: for how many seconds. */
    expire: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    phone: Type.Optional(Digits),
    times,
  },
  strict,
)

const DecryptionRule = Type.Object({ phone: Digits, times }, strict)

const NewChatLock = Type.Object(
  { phone: Digits, until: Type.Integer({ minimum: 0, maximum: 9_999_999_999 }) },
  strict,
)

const Forgery = Type.Enum(['account-signature', 'signed-prekey'])

const PasskeyRule = Type.Object(
  {
    kind: Type.Enum(['silence', 'malformed', 'asked-twice', 'early-success', 'error', 'cut']),
    /** With kinds `error` and `cut`. */
    at: Type.Optional(
      Type.Enum([
        'request',
        'options',
        'ref',
        'prologue',
        'continuation',
        'nonce',
        'pairing-request',
        'success',
      ]),
    ),
    /** With kind `error`; 400 when left out. */
    code: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    phone: Type.Optional(Digits),
    times,
  },
  strict,
)

const MediaRefusal = Type.Object(
  {
    at: Type.Enum(['upload', 'hosts']),
    code: Type.Integer({ minimum: 400, maximum: 599 }),
    times,
  },
  strict,
)

const MediaFaults = Type.Object(
  {
    upload: Type.Optional(Type.Enum(['refuse'])),
    refusals: Type.Optional(Type.Array(MediaRefusal, { maxItems: 1000 })),
    download: Type.Optional(Type.Enum(['missing', 'expired'])),
    /** Before every answer of the media host. */
    delayMs: Type.Optional(delayMs),
  },
  strict,
)

const ConnectionFault = Type.Object(
  {
    phone: Digits,
    device: Type.Optional(Type.Integer({ minimum: 1, maximum: 98 })),
    action: Type.Enum(['drop', 'freeze', 'thaw', 'replace', 'unlink', 'challenge']),
  },
  strict,
)

const kept = {
  acks: Type.Array(AckRule, { maxItems: 1000 }),
  logins: Type.Array(LoginRule, { maxItems: 1000 }),
  notOnWhatsApp: Type.Array(Digits, { maxItems: 10_000 }),
  unmentioned: Type.Array(Digits, { maxItems: 10_000 }),
  unmoved: Type.Array(Digits, { maxItems: 10_000 }),
  moved: Type.Array(Digits, { maxItems: 10_000 }),
  paymentsNeedBusiness: Type.Boolean(),
  decryption: Type.Array(DecryptionRule, { maxItems: 1000 }),
  newChatLocks: Type.Array(NewChatLock, { maxItems: 1000 }),
  forged: Type.Array(Forgery, { maxItems: 2 }),
  passkey: Type.Array(PasskeyRule, { maxItems: 1000 }),
  media: MediaFaults,
}

export const FaultChange = Type.Object(
  {
    ...Type.Partial(Type.Object(kept)).properties,
    connections: Type.Optional(Type.Array(ConnectionFault, { maxItems: 1000 })),
  },
  strict,
)

const FaultState = Type.Object(kept)

export type AckRule = Static<typeof AckRule>
export type LoginRule = Static<typeof LoginRule>
export type DecryptionRule = Static<typeof DecryptionRule>
export type PasskeyRule = Static<typeof PasskeyRule>
export type Forgery = Static<typeof Forgery>
export type MediaFaults = Static<typeof MediaFaults>
export type ConnectionFault = Static<typeof ConnectionFault>
export type FaultChange = Static<typeof FaultChange>
export type FaultState = Static<typeof FaultState>
