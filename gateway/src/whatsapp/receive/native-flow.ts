/** The JSON inside WhatsApp's interactive messages. Strangers write it, so nothing about it is sure. */

export type Parameters = Readonly<Record<string, unknown>>

/** Empty where the text is no JSON object. */
export function readParameters(json: string | null | undefined): Parameters {
  try {
    return asObject(JSON.parse(json ?? ''))
  } catch {
    return {}
  }
}

/** The object under a name; empty where there is none. */
export function objectIn(parameters: Parameters, name: string): Parameters {
  return asObject(valueIn(parameters, name))
}

/** Empty where there is no list. */
export function listIn(parameters: Parameters, name: string): readonly Parameters[] {
  const value = valueIn(parameters, name)
  return Array.isArray(value) ? value.map(asObject) : []
}

/** Empty where there is neither text nor number. */
export function textIn(parameters: Parameters, name: string): string {
  const value = valueIn(parameters, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** 0 where there is no number. */
export function numberIn(parameters: Parameters, name: string): number {
  const value = Number(valueIn(parameters, name))
  return Number.isFinite(value) ? value : 0
}

function valueIn(parameters: Parameters, name: string): unknown {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined
}

function asObject(value: unknown): Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
