/** What WhatsApp would say of businesses, where there is no WhatsApp: one shop, whose changes all succeed. */

import type { BusinessApi, BusinessProfile } from '../../src/domain/business.js'
import type { CatalogApi, Product } from '../../src/domain/catalog.js'

const someProfile: BusinessProfile = {
  description: 'Flores e plantas desde 1990',
  address: 'Avenida Paulista, 1000, São Paulo',
  email: 'loja@example.com',
  websites: ['https://example.com'],
  categories: [{ id: '200600219953504', name: 'Compras e varejo' }],
  hours: {
    timezone: 'America/Sao_Paulo',
    openings: [{ day: 'mon', mode: 'hours', opensAtMinute: 480, closesAtMinute: 1_080 }],
  },
  hasCoverPhoto: false,
  cartEnabled: true,
}

const someProduct: Product = {
  id: '7190654897637620',
  name: 'Mouse',
  description: 'Sem fio',
  priceThousandths: 100_000,
  salePriceThousandths: 90_000,
  currency: 'BRL',
  availability: 'in stock',
  isHidden: false,
  imageUrls: ['https://media.example.com/mouse.jpg'],
}

export const standInBusiness: BusinessApi = {
  profileOf: async () => someProfile,
  change: async () => undefined,
}

export const standInCatalogs: CatalogApi = {
  pageOf: async () => ({ products: [someProduct], nextCursor: 'AQHRi0c' }),
  collectionsOf: async () => [
    { id: '1072603710847740', name: 'Promoções', status: 'APPROVED', products: [someProduct] },
  ],
  find: async (id) => ({ ...someProduct, id }),
}
