import { expect, test } from 'vitest'
import { conversationKey } from './chat.js'

const person = (phone: string) => conversationKey({ kind: 'person', phone })

test('every form of a number is one conversation', () => {
  expect(person('5215512345678')).toBe(person('525512345678'))
  expect(person('5531988887777')).toBe(person('553188887777'))
  expect(person('5215512345678')).not.toBe(person('5215512345679'))
})

test('a person without a number, and a group, are conversations of their own', () => {
  expect(conversationKey({ kind: 'person', lid: '1' })).toBe('lid:1')
  expect(conversationKey({ kind: 'group', group: '1' })).toBe('group:1')
})
