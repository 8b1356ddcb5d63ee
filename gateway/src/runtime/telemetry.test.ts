import { describe, expect, test } from 'vitest'
import { createLog } from './telemetry.js'

function logged(cause: unknown): string {
  const lines: string[] = []
  createLog('info', { write: (line) => void lines.push(line) }).warn('send-failed', { cause })
  return lines.join('')
}

describe('a cause in the log', () => {
  test('has its frames, and not the message that may quote its input', () => {
    const line = logged(new RangeError('5511999990002 is out of range'))
    expect(line).toContain('"name":"RangeError"')
    expect(line).toContain('telemetry.test.ts')
    expect(line).not.toContain('5511999990002')
  })

  test('names no person after whom a library named a function', () => {
    const work = { '133590565676377.0': () => new Error('forged') }
    const error = work['133590565676377.0']()
    expect(error.stack).toContain('133590565676377')
    expect(logged(error)).not.toContain('133590565676377')
  })
})
