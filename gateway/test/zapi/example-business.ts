/** The shops that the documented examples are about. */

import { chatModificationToAppPatch } from 'baileys'
import type { Phone, Simulator } from '@recado/simulator'

const product = {
  id: '121212121212',
  name: 'Mouse',
  description: 'Descrição do mouse',
  price: 100_000,
  salePrice: 90_000,
  currency: 'BRL',
}

/** Makes both numbers shops. */
export function prepareShops(phones: readonly string[], { network }: Simulator): void {
  for (const phone of phones) {
    const account = network.byPhone(phone)
    if (account === undefined) throw new Error('a shop has no phone')
    account.business = true
    account.storefront.profile = {
      description: 'Asas para sua imaginação',
      address: 'Maringá',
      email: 'loja@example.com',
      websites: ['https://example.com'],
      categories: [{ id: '629412378414563', name: 'Outras empresas' }],
      hours: {
        timezone: 'America/Sao_Paulo',
        days: [{ day: 'mon', mode: 'specific_hours', opensAt: 480, closesAt: 1_080 }],
      },
      hasCoverPhoto: false,
      cartEnabled: true,
    }
    account.storefront.catalog = {
      products: [product],
      collections: [
        { id: '1072603710847740', name: 'Coleção', status: 'APPROVED', products: [product.id] },
      ],
    }
  }
}

/** The examples are about label 1. */
export async function prepareLabels(phone: Phone): Promise<void> {
  for (const id of ['1', '2']) {
    const addLabel = { id, name: 'Etiqueta', color: 1 }
    await phone.appState.write(chatModificationToAppPatch({ addLabel }, ''))
  }
}
