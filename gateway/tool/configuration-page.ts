/**
 * Writes docs/configuration.md to standard output: `npm run docs:configuration`.
 *
 * The table comes from `settings.ts`, which the gateway itself checks against,
 * so the page cannot promise what the start refuses.
 * `test/architecture/documents.test.ts` fails when the page is out of date.
 */

import { settingNames, settingsSchema } from '../src/settings.js'

const before = `# Configuration

<!-- Made by "npm run docs:configuration" from gateway/src/settings.ts. Change it there. -->

Recado reads its settings from the environment, once, at the start. None is needed: \`npm start\` listens on
127.0.0.1:8080 and keeps everything in \`./data\`, below the folder it was started in.

- A variable that is set to the empty text counts as not set.
- A \`RECADO_\` variable that is not on this page stops the start; the message names the nearest one that is.
- What is wrong is told all at once, by the names of the variables. No secret is shown in it.
- A secret may come from a file: \`RECADO_CLIENT_TOKEN_FILE=/run/secrets/client-token\`. Set the variable or its
  \`_FILE\`, not both to different values.
- \`npm run recado -- --help\` prints the same list.
`

const after = `
## What contradicts itself

| This | stops the start because |
|---|---|
| \`RECADO_PACING_MIN_MS\` above \`RECADO_PACING_MAX_MS\` | the gap is drawn between the two |
| \`RECADO_WHATSAPP_URL\` that leads neither to this machine nor to WhatsApp | another server must not pose as WhatsApp |
| \`RECADO_WHATSAPP_ROOT_KEY\` without a loopback \`RECADO_WHATSAPP_URL\` | the key decides whom the gateway takes for WhatsApp; replacing it is for a simulator on this machine |
| a variable and its \`_FILE\` with different values | one of them is wrong |
| a \`_FILE\` that is empty or cannot be read | an empty secret is none |

## Which to change first

- **Callers on another machine:** leave \`RECADO_HOST\` alone and put a proxy with TLS in front
  ([deploy.md](deploy.md#behind-a-proxy)).
- **Callback receivers or images inside your network:** \`RECADO_ALLOWED_NETWORKS=10.1.0.0/16\`, and
  \`RECADO_ALLOW_HTTP_CALLBACKS=true\` if the receivers have no TLS.
- **Containers:** set \`RECADO_HOST=0.0.0.0\`, mount \`RECADO_DATA_DIR\`, and give the master key and both tokens as files.
- **A proxy that reads TLS, or a server of yours with a certificate of a private authority:**
  \`NODE_EXTRA_CA_CERTS=/etc/recado/authority.pem\`, the authority's certificate as PEM. Node reads it at the start, beside the
  authorities that it knows; it counts for WhatsApp, its media servers, callback receivers and image URLs. Without it the log says
  \`UNABLE_TO_VERIFY_LEAF_SIGNATURE\`, \`SELF_SIGNED_CERT_IN_CHAIN\` or the like. Never set \`NODE_TLS_REJECT_UNAUTHORIZED\`: TLS
  alone proves that the other side is WhatsApp.
`

const rows = settingNames.map((name) => {
  const rule = facts(settingsSchema.properties[name])
  const preset = rule.default === undefined ? '' : `\`${rule.default}\``
  const description = rule.description.replaceAll('|', '\\|')
  return `| \`${name}\` | ${valuesOf(rule)} | ${preset} | ${description} |`
})

const table = ['| Variable | Value | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n')
process.stdout.write(`${before}\n${table}\n${after}`)

interface Facts {
  readonly description: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly default?: string | number | boolean
}

function facts(schema: object): Facts {
  return { description: 'undescribed', ...schema }
}

function valuesOf(rule: Facts): string {
  if (rule.enum !== undefined) return rule.enum.map((value) => `\`${value}\``).join(', ')
  if (rule.type === 'integer') return `${rule.minimum} to ${rule.maximum}`
  if (rule.type === 'boolean') return '`true`, `false`'
  return rule.pattern === undefined ? 'text' : `matches \`${rule.pattern.replaceAll('|', '\\|')}\``
}
