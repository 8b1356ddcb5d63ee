import { describe, expect, it } from 'vitest'
import { anOtp, anOutgoingMessage } from '../../test/support/outgoing-message.js'
import type { OutgoingMessage } from '../domain/message.js'
import { mayFollow, mostInFlight } from './in-flight.js'

const noGaps = { minGapMs: 0, maxGapMs: 0 }

const to = (phone: string, change: Partial<OutgoingMessage> = {}): OutgoingMessage =>
  anOutgoingMessage({
    recipient: { kind: 'person', phone },
    status: 'queued',
    attempts: 0,
    ...change,
  })

describe('a message may leave before others are acknowledged', () => {
  it('when each is somebody else’s', () => {
    expect(mayFollow(to('3519111'), [to('3519222'), to('3519333')], noGaps)).toBe(true)
    expect(mayFollow(to('3519111'), [to('3519222'), to('3519111')], noGaps)).toBe(false)
  })

  it('but not when it is the same person in another form', () => {
    expect(mayFollow(to('553188887777'), [to('5531988887777')], noGaps)).toBe(false)
  })

  it('only in a line without gaps', () => {
    const gaps = { minGapMs: 0, maxGapMs: 1 }
    expect(mayFollow(to('1'), [to('2')], gaps)).toBe(false)
    expect(mayFollow(to('1', { gapAfterMs: 0 }), [to('2', { gapAfterMs: 0 })], gaps)).toBe(true)
    expect(mayFollow(to('1'), [to('2', { gapAfterMs: 1_000 })], noGaps)).toBe(false)
  })

  it.each<[string, Partial<OutgoingMessage>]>([
    ['is repeated', { status: 'unknown', attempts: 1 }],
    ['was tried before', { attempts: 1 }],
    ['has left the queue', { status: 'unknown', attempts: 0 }],
    [
      'is the text in place of a button',
      { fallback: { refusalCode: 473, refusedWhatsappId: anOutgoingMessage().whatsappId } },
    ],
    ['shows somebody typing first', { typingMs: 1 }],
    [
      'has an image',
      { content: { ...anOtp(), image: { kind: 'url', url: 'https://example.org' } as never } },
    ],
    ['goes to a group', { recipient: { kind: 'group', group: '12' } }],
  ])('never when it %s, nor after one that is', (_, change) => {
    expect(mayFollow(to('1', change), [to('2')], noGaps)).toBe(false)
    expect(mayFollow(to('1'), [to('2', change)], noGaps)).toBe(false)
    expect(mayFollow(to('1', change), [], noGaps)).toBe(true)
  })

  it('as long as they are not too many', () => {
    const others = Array.from({ length: mostInFlight }, (_, index) => to(`35191${index}`))
    expect(mayFollow(to('1'), others.slice(1), noGaps)).toBe(true)
    expect(mayFollow(to('1'), others, noGaps)).toBe(false)
  })
})
