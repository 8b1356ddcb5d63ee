/**
 * The categories that WhatsApp's app offers first, by WhatsApp's ids. The finer ones are thousands:
 * the phone sets them, and `GET /business/profile` tells their ids.
 */

import type { BusinessCategory } from '../../domain/business.js'
import { InvalidRequestError } from '../error-replies.js'

export interface CategoryAnswer {
  readonly displayName: string
  readonly label: string
  readonly id: string
}

const mainCategories: readonly CategoryAnswer[] = [
  { displayName: 'Serviço automotivo', label: 'AUTO', id: '1223524174334504' },
  { displayName: 'Vestuário', label: 'APPAREL', id: '1086422341396773' },
  { displayName: 'Arte e entretenimento', label: 'ENTERTAIN', id: '133436743388217' },
  { displayName: 'Beleza, cosméticos e cuidados pessoais', label: 'BEAUTY', id: '139225689474222' },
  { displayName: 'Educação', label: 'EDU', id: '2250' },
  { displayName: 'Organização de eventos', label: 'EVENT_PLAN', id: '193705277324704' },
  { displayName: 'Finanças', label: 'FINANCE', id: '1022050661163852' },
  { displayName: 'Supermercado', label: 'GROCERY', id: '150108431712141' },
  { displayName: 'Hotel', label: 'HOTEL', id: '164243073639257' },
  { displayName: 'Medicina e saúde', label: 'HEALTH', id: '145118935550090' },
  { displayName: 'Organização sem fins lucrativos', label: 'NONPROFIT', id: '2603' },
  { displayName: 'Restaurante', label: 'RESTAURANT', id: '273819889375819' },
  { displayName: 'Compras e varejo', label: 'RETAIL', id: '200600219953504' },
  { displayName: 'Viagem e transporte', label: 'TRAVEL', id: '128232937246338' },
  { displayName: 'Outras empresas', label: 'OTHER_COMPANIES', id: '629412378414563' },
]

/** The label of a category that is not in the list is its name, spelled as labels are. */
export function categoryAnswer({ id, name }: BusinessCategory): CategoryAnswer {
  const known = mainCategories.find((each) => each.id === id)
  return { displayName: name, label: known?.label ?? labelOf(name), id }
}

/** The id of a category that is named by its id or its label. Throws `InvalidRequestError`. */
export function categoryIdOf(given: string, index: number): string {
  const known = mainCategories.find(({ id, label }) => [id, label].includes(given))
  const id = known?.id ?? given
  if (/^\d{1,20}$/u.test(id)) return id
  throw new InvalidRequestError(
    `categories[${index}] is no category. Give an id or a label of GET /business/available-categories`,
  )
}

/** Categories whose name or label holds the words, without regard to case and accents. */
export function categoriesFor(query: string): readonly CategoryAnswer[] {
  const words = plain(query)
  return mainCategories.filter(({ displayName, label }) =>
    [displayName, label].some((text) => plain(text).includes(words)),
  )
}

function labelOf(name: string): string {
  return plain(name)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/gu, '_')
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
