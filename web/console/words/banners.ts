/** What the banners of an instance and its tags say, in both languages. */

const en = {
  receiver: (host: string) => `The receiver at ${host}:`,
  over: 'This is over.',
  open: (tab: string) => `Open ${tab}`,
  tags: 'Tags',
  editTags: 'Edit tags',
  addTags: 'Add tags',
  tagsHint:
    'With commas, at most 10, such as “shop, São Paulo”. The home finds the number by them.',
}

const pt: typeof en = {
  receiver: (host) => `O receptor em ${host}:`,
  over: 'Isto já passou.',
  open: (tab) => `Abrir ${tab}`,
  tags: 'Etiquetas',
  editTags: 'Editar etiquetas',
  addTags: 'Pôr etiquetas',
  tagsHint:
    'Com vírgulas, no máximo 10, como “loja, São Paulo”. A página inicial acha o número por elas.',
}

export const bannerWords = { en, pt }
