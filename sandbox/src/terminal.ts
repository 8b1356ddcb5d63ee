/** Draws the demo's report with nothing but text. */

import type { DemoReport } from './journey.js'

const width = 46

/** The message as the phone shows it: image, text, and the button under the bubble. */
export function conversation({ recipient, message }: DemoReport): string {
  if (message === undefined) return `Nothing on the phone ${recipient}.\n`
  const lines = [`[ image: ${message.image} ]`, '', ...wrap(message.text)]
  const buttons = message.buttons.map((button) => `⧉ ${button.text}  →  ${button.code}`)
  return [
    `On the phone ${recipient}:`,
    `  ┌${'─'.repeat(width + 2)}┐`,
    ...lines.map((line) => `  │ ${line.padEnd(width)} │`),
    `  ├${'─'.repeat(width + 2)}┤`,
    ...buttons.map((line) => `  │ ${line.padEnd(width)} │`),
    `  └${'─'.repeat(width + 2)}┘`,
    ...shownOn(message.shows).map((line) => `  ${line}`),
    '',
  ].join('\n')
}

type Message = NonNullable<DemoReport['message']>

/** The simulator knows rules; only public reports know what real clients do. */
function shownOn(shows: Message['shows']): readonly string[] {
  const clients = ['android', 'ios', 'web'] as const
  const refusing = clients.filter((client) => !shows[client])
  if (refusing.length > 0) return [`no button on ${refusing.join(', ')}: ${shows.why ?? ''}`]
  return [
    `the shape is as ${clients.join(', ')} want it;`,
    'where it was seen on real clients: docs/button-status.md',
  ]
}

/** Each step with its time since the call, then the bodies of the callbacks. */
export function timeline({ steps, callbacks }: DemoReport): string {
  return [
    'Since the call:',
    ...steps.map(({ step, afterMs }) => `  ${String(afterMs).padStart(6)} ms  ${step}`),
    '',
    'Callbacks received:',
    ...callbacks.map((body) => `  ${JSON.stringify(body)}`),
    '',
  ].join('\n')
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}
