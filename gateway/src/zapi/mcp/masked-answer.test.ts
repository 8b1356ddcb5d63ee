import { expect, test } from 'vitest'
import { maskedAnswer } from './masked-answer.js'

const masked = (answer: object) => maskedAnswer(JSON.stringify(answer))

test.each([
  ['Seu código é 845201.', 'Seu código é ••••01.'],
  ['G-845201 is your code', 'G-••••01 is your code'],
  ['Use AB12CD', 'Use ••••CD'],
  ['code: x7k9', 'code: ••••'],
  ['Às 10h, dia 5', 'Às 10h, dia 5'],
])('masks what may be a code in %j', (said, shown) => {
  expect(masked({ messages: [{ text: { message: said } }] })).toEqual({
    messages: [{ text: { message: shown } }],
  })
})

test('masks invitations to groups wherever they stand', () => {
  const link = 'https://chat.whatsapp.com/'
  const answer = (code: string) => ({
    invitationLink: `${link}${code}`,
    messages: [{ text: { message: `Entre: ${link}invite/${code}?mode=x`, url: `${link}${code}` } }],
  })
  expect(masked(answer('GONwbGGDkLeKBifUWwLgct'))).toEqual(answer('••••'))
})

test('leaves ids, phones and moments as they are', () => {
  const answer = {
    zaapId: '019D44C09B3E7A10B1C2D3E4F5061728',
    phone: '5511999990002',
    at: '2026-11-29T09:00:00.000Z',
    momment: 1_795_402_613_000,
    status: 'SENT',
  }
  expect(masked(answer)).toEqual(answer)
})
