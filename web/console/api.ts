/** Asks the gateway. A refusal becomes a `Refusal` whose text is for the person before the page. */

import type { ExplanationAnswer } from '../../gateway/src/console/answer-shapes.js'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** 0 when there was no answer at all. */
  readonly status: number
  /** The same in the languages of the console, where the gateway has it. */
  readonly explanation: ExplanationAnswer | undefined

  constructor(status: number, text: string, explanation?: ExplanationAnswer) {
    super(text)
    this.status = status
    this.explanation = explanation
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `path` is relative to `/console/api/`. Throws `Refusal`. */
export async function ask<Answer>(
  method: Method,
  path: string,
  body?: object | Blob,
): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(`/console/api/${path}`, {
      method,
      headers: {
        // A form of another site cannot set it.
        'x-recado-console': '1',
        // A file says its own type.
        ...(body === undefined || body instanceof Blob
          ? {}
          : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    })
  } catch {
    throw new Refusal(0, '')
  }
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refusal(response.status, errorIn(answer), explanationIn(answer))
  // The gateway and the pages share the type of each answer.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return answer as Answer
}

function explanationIn(answer: unknown): ExplanationAnswer | undefined {
  if (typeof answer !== 'object' || answer === null || !('explanation' in answer)) return undefined
  // As above.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return answer.explanation as ExplanationAnswer
}

function errorIn(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'error' in answer
    ? String(answer.error)
    : ''
}
