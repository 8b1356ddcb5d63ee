/** The filters of the list of all messages, as they stand in the address. */

export const filterNames = [
  'text',
  'instance',
  'status',
  'kind',
  'reason',
  'priority',
  'since',
  'until',
] as const
export type FilterName = (typeof filterNames)[number]

const statusGroups: Readonly<Record<string, string>> = {
  waiting: 'queued,sending,unknown',
  arrived: 'sent,delivered,read,played',
  failed: 'failed,expired,cancelled',
}

/** With one filter changed; an empty one is left out. */
export function changed(search: URLSearchParams, name: FilterName, value: string): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === '') next.delete(name)
  else next.set(name, value)
  return next
}

/** What the gateway is asked: groups of statuses and days in the words that it knows. */
export function queryOf(search: URLSearchParams): string {
  const query = new URLSearchParams()
  for (const name of filterNames) {
    const value = search.get(name) ?? ''
    const asked = askedOf(name, value)
    if (asked !== '') query.set(name, asked)
  }
  return query.toString()
}

function askedOf(name: FilterName, value: string): string {
  if (name === 'status') return statusGroups[value] ?? value
  if (name === 'since') return dayStart(value, 0)
  if (name === 'until') return dayStart(value, 1)
  return value
}

/** When the day of an input begins for the person, or one of the days after it. */
function dayStart(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return ''
  const at = new Date(year, month - 1, date + later).getTime()
  return Number.isNaN(at) ? '' : String(Math.max(0, at))
}
