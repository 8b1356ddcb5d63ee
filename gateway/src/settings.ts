/**
 * Every environment variable that Recado knows, with its description.
 *
 * `config.ts` checks values against this table, and `--help` prints it, so
 * what is documented and what is accepted cannot drift apart.
 */

import { type Static, Type } from 'typebox'

const longestGapMs = 600_000
const mostCodes = 10_000
const mostRequests = 1_000_000
const mostConnections = 1_000_000
const mostMegabytes = 100_000_000

const fileVariant = (name: string) =>
  Type.Optional(
    Type.String({ description: `A file that holds ${name}; its last line break is ignored.` }),
  )

export const settingsSchema = Type.Object({
  RECADO_HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address to listen on. 0.0.0.0 or :: opens the gateway to the network.',
  }),
  RECADO_PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    description: 'Port to listen on. 0 takes any free one.',
  }),
  RECADO_DATA_DIR: Type.String({
    default: './data',
    description: 'Folder of the SQLite database and of the master key that the first start makes.',
  }),
  RECADO_DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'postgres://… stores everything in PostgreSQL instead of SQLite.',
    }),
  ),
  RECADO_NODES: Type.Optional(
    Type.Boolean({
      description:
        'Whether other gateways with the same settings may use the same PostgreSQL database, and share its instances with this one. If unset, they may. false: this gateway keeps every other one out.',
    }),
  ),
  RECADO_NODE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/]+$',
      description:
        'Where the other nodes reach this one: http://10.0.0.5:8080. If unset, the address and port on which it listens.',
    }),
  ),
  RECADO_NODE_LEASE_SECONDS: Type.Integer({
    default: 12,
    minimum: 6,
    maximum: 300,
    description:
      'So long after the last heartbeat of a node, the others run its instances. The node itself stops after two thirds of it.',
  }),
  RECADO_MASTER_KEY: Type.Optional(
    Type.String({
      description:
        'The 32 bytes, as base64 or hex, that everything secret is encrypted with. Made beside the data if unset.',
    }),
  ),
  RECADO_MASTER_KEY_FILE: fileVariant('RECADO_MASTER_KEY'),
  RECADO_CLIENT_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[!-~]+$',
      description:
        'The Client-Token header that every call must carry. Made at the first start and shown once if unset.',
    }),
  ),
  RECADO_CLIENT_TOKEN_FILE: fileVariant('RECADO_CLIENT_TOKEN'),
  RECADO_CLIENT_TOKEN_REQUIRED: Type.Boolean({
    default: true,
    description:
      'false takes calls without Client-Token. The URL of an instance then opens it, and URLs stand in logs and histories: a setting for one instance alone is the lesser risk.',
  }),
  RECADO_PARTNER_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[!-~]+$',
      description:
        'The bearer token that creates and lists instances. Made at the first start and shown once if unset.',
    }),
  ),
  RECADO_PARTNER_TOKEN_FILE: fileVariant('RECADO_PARTNER_TOKEN'),
  RECADO_MCP_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[!-~]+$',
      description: 'For recado mcp alone: the token that recado mcp-token create showed.',
    }),
  ),
  RECADO_MCP_TOKEN_FILE: fileVariant('RECADO_MCP_TOKEN'),
  RECADO_METRICS_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[!-~]+$',
      description:
        'A bearer token that reads /metrics and nothing else. The partner token reads them too.',
    }),
  ),
  RECADO_METRICS_TOKEN_FILE: fileVariant('RECADO_METRICS_TOKEN'),
  RECADO_BACKUP_PASSPHRASE: Type.Optional(
    Type.String({
      minLength: 12,
      description:
        'What recado backup and restore seal and open files with. Asked for at the terminal if unset.',
    }),
  ),
  RECADO_BACKUP_PASSPHRASE_FILE: fileVariant('RECADO_BACKUP_PASSPHRASE'),
  RECADO_WHATSAPP_URL: Type.Optional(
    Type.String({
      pattern: '^wss?://',
      description: "WebSocket address of a simulator on this machine. Unset means WhatsApp's own.",
    }),
  ),
  RECADO_WHATSAPP_ROOT_KEY: Type.Optional(
    Type.String({
      description:
        "Base64 of a simulator's 32-byte root key. Only together with a loopback RECADO_WHATSAPP_URL.",
    }),
  ),
  RECADO_BUTTON_SHAPE: Type.Enum(['full', 'minimal'], {
    default: 'full',
    description: 'How the copy-code button is written for WhatsApp: full or minimal.',
  }),
  RECADO_MEX_IDS: Type.Optional(
    Type.String({
      pattern: '^[a-z-]+=\\d{5,30}(,[a-z-]+=\\d{5,30})*$',
      description:
        "Newer ids of WhatsApp's GraphQL documents for channels, separated by commas: newsletter-join=24404358912487870.",
    }),
  ),
  RECADO_ALLOWED_NETWORKS: Type.Optional(
    Type.String({
      description:
        "Networks that users' URLs may reach besides the public internet: CIDRs, separated by commas.",
    }),
  ),
  RECADO_ALLOW_HTTP_CALLBACKS: Type.Boolean({
    default: false,
    description: 'true also accepts http:// callback URLs. For tests and private networks.',
  }),
  RECADO_PACING_MIN_MS: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: longestGapMs,
    description: 'Shortest gap between two sends of one instance, in milliseconds.',
  }),
  RECADO_PACING_MAX_MS: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: longestGapMs,
    description: 'Longest gap between two sends of one instance, in milliseconds.',
  }),
  RECADO_CODES_PER_10_MINUTES: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: mostCodes,
    description: 'How many codes one phone may be sent in 10 minutes by one instance. 0: no limit.',
  }),
  RECADO_CODES_PER_DAY: Type.Integer({
    default: 20,
    minimum: 0,
    maximum: mostCodes,
    description: 'How many codes one phone may be sent in 24 hours by one instance. 0: no limit.',
  }),
  RECADO_CODE_LIFE_SECONDS: Type.Integer({
    default: 600,
    minimum: 30,
    maximum: 86_400,
    description:
      'How long a code of at most 15 characters is worth sending, where neither its caller nor its instance says it.',
  }),
  RECADO_UNDELIVERABLE_AFTER_SECONDS: Type.Integer({
    default: 20,
    minimum: 0,
    maximum: 86_400,
    description:
      'If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never.',
  }),
  RECADO_API_DOCS: Type.Boolean({
    default: true,
    description: 'false takes away /docs, the page that shows every call. It holds no secret.',
  }),
  RECADO_ALLOWED_CALLERS: Type.Optional(
    Type.String({
      description:
        'Addresses that may call the gateway: CIDRs or single addresses, separated by commas. If set, it overrides recado callers. If both are unset, every address may call.',
    }),
  ),
  RECADO_TRUSTED_PROXIES: Type.Optional(
    Type.String({
      description:
        'Proxies whose X-Forwarded-For tells who calls: CIDRs or single addresses, separated by commas. None if unset.',
    }),
  ),
  RECADO_REQUESTS_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 0,
    maximum: mostRequests,
    description:
      'How many calls a minute one address may make on one instance; 429 after that. 0: no limit.',
  }),
  RECADO_REFUSALS_PER_MINUTE: Type.Integer({
    default: 30,
    minimum: 0,
    maximum: mostRequests,
    description:
      'How many calls a minute with a wrong token one address may make; 429 for all of its calls after that. 0: no limit.',
  }),
  RECADO_MAX_CONNECTIONS: Type.Integer({
    default: 2000,
    minimum: 1,
    maximum: mostConnections,
    description: 'How many connections may be open at the same time. More are closed at once.',
  }),
  RECADO_MAX_CONNECTIONS_PER_ADDRESS: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: mostConnections,
    description:
      'How many of them one address may have open, an IPv6 network of 64 bits being one. Trusted proxies may have all.',
  }),
  RECADO_BODY_MEMORY_MB: Type.Integer({
    default: 64,
    minimum: 16,
    maximum: 4096,
    description:
      'MiB that large request bodies (over 16 KiB: images in base64) may take at the same time; one instance and one address get half of it. 429 or 503 after that.',
  }),
  RECADO_WAITING_MB_PER_INSTANCE: Type.Integer({
    default: 256,
    minimum: 16,
    maximum: mostMegabytes,
    description:
      'MiB that the waiting messages of one instance may take, images in base64 above all; 429 after that.',
  }),
  RECADO_KEEP_MESSAGES_DAYS: Type.Integer({
    default: 30,
    minimum: 0,
    maximum: 365,
    description:
      'How many days messages are kept, sealed, so that a later one can answer, edit, forward, pin or delete them. Polls and events at least 90 days. 0: none is kept.',
  }),
  RECADO_KEEP_MEDIA_LINKS_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 365,
    description:
      'How many days the links to the files of received messages work. WhatsApp deletes files after about 30 days; later the phone is asked for them.',
  }),
  RECADO_KEEP_DIRECTORY_DAYS: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 3650,
      description:
        'How many days chats, contacts and groups are kept after they last changed. WhatsApp tells most of them only once, after the linking. 0: none is kept. Without it they are kept until the instance is deleted or linked to another number.',
    }),
  ),
  RECADO_HISTORY: Type.Enum(['recent', 'full'], {
    default: 'recent',
    description:
      'How much of its history a phone sends after the linking: recent (some weeks to months) or full (as far as WhatsApp gives it). Counts for numbers that are linked from then on.',
  }),
  RECADO_IMAGE_MB: Type.Integer({
    default: 16,
    minimum: 1,
    maximum: 100,
    description: 'MB that an image or a sticker may have that is sent. It is read into memory.',
  }),
  RECADO_AUDIO_MB: Type.Integer({
    default: 16,
    minimum: 1,
    maximum: 100,
    description: 'MB that an audio may have that is sent. It is read into memory.',
  }),
  RECADO_VIDEO_MB: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 2000,
    description: 'MB that a video may have that is sent; as base64 in a call never more than 100.',
  }),
  RECADO_DOCUMENT_MB: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 2000,
    description:
      'MB that a document may have that is sent; as base64 in a call never more than 100.',
  }),
  RECADO_MIN_FREE_DISK_MB: Type.Integer({
    default: 256,
    minimum: 0,
    maximum: mostMegabytes,
    description:
      'MiB that stay free on the disk of SQLite: below it messages with files get 503, below a quarter of it all messages. 0: no limit.',
  }),
  RECADO_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'The address that others reach this gateway by.',
    }),
  ),
  RECADO_LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'How much is logged on standard error: debug, info, warn, error or silent.',
  }),
})

export type Settings = Static<typeof settingsSchema>
export type SettingName = keyof Settings

export const settingNames: readonly SettingName[] = Object.keys(settingsSchema.properties).filter(
  isSettingName,
)

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingsSchema.properties, name)
}

/** What applies where nothing is given. */
export const defaultSettings: Readonly<Record<string, unknown>> = Object.fromEntries(
  settingNames.flatMap((name) => {
    const preset: unknown = Reflect.get(settingsSchema.properties[name], 'default')
    return preset === undefined ? [] : [[name, preset]]
  }),
)

/** The schemas of the settings that are given, by name. */
export function schemasOf(
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.keys(given)
      .filter(isSettingName)
      .map((name) => [name, settingsSchema.properties[name]]),
  )
}

/** Name, default and description of each variable, for people. */
export function describeSettings(): string {
  return settingNames
    .map((name) => {
      const schema = settingsSchema.properties[name]
      const preset: unknown = Reflect.get(schema, 'default')
      const suffix = preset === undefined ? '' : ` (default: ${JSON.stringify(preset)})`
      return `  ${name}${suffix}\n      ${String(Reflect.get(schema, 'description'))}`
    })
    .join('\n')
}
