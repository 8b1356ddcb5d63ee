import { hoursBody, hoursOf } from './opening-hours.js'
import { profileChange } from './profile-change.js'

export const businessHours = profileChange({
  path: '/business/hours',
  summary: 'Changes the opening hours on the business profile.',
  description: 'They replace all that were set. Only for numbers of the WhatsApp Business app.',
  body: hoursBody,
  example: {
    timezone: 'America/Sao_Paulo',
    mode: 'specificHours',
    days: [
      { dayOfWeek: 'MONDAY', openTime: '08:00', closeTime: '12:00' },
      { dayOfWeek: 'MONDAY', openTime: '13:00', closeTime: '18:00' },
    ],
  },
  change: (body) => ({ hours: hoursOf(body) }),
})
