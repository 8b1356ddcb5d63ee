/** Reads the copy-code button out of the forms in which it travels: a native flow, and a template's OTP link. */

import type { proto } from 'baileys'
import type { CopyButton } from './model.js'

/** Both prefixes are what WhatsApp Web compares with. */
const copyPrefix = 'https://www.whatsapp.com/otp/copy/'
const codePrefix = 'https://www.whatsapp.com/otp/code'

/** The button of a native flow; undefined when it is of another kind or its parameters cannot be read. */
export function copyButtonOf(
  name: string | null | undefined,
  paramsJson: string | null | undefined,
): CopyButton | undefined {
  if (name !== 'cta_copy') return undefined
  const params = parseObject(paramsJson ?? '')
  const code = params?.['copy_code']
  if (typeof code !== 'string') return undefined
  const text = params?.['display_text']
  return { kind: 'copy', text: typeof text === 'string' ? text : '', code }
}

/** The button of a template: a link of WhatsApp's own OTP form. */
export function copyButtonOfTemplate(
  button: proto.IHydratedTemplateButton,
): CopyButton | undefined {
  const code = codeOfOtpUrl(button.urlButton?.url ?? '')
  if (code === undefined) return undefined
  return { kind: 'copy', text: button.urlButton?.displayText ?? '', code }
}

/** WhatsApp's clients cut one leading `otp` off the parameter, and nothing off the path form. */
function codeOfOtpUrl(url: string): string | undefined {
  if (url.startsWith(copyPrefix)) return url.slice(copyPrefix.length)
  if (!url.startsWith(codePrefix) || !URL.canParse(url)) return undefined
  const code = new URL(url).searchParams.get('code')
  return code?.startsWith('otp') ? code.slice('otp'.length) : (code ?? undefined)
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
