// What VitePress is told. It is copied beside the pages, with sidebar.json.

import { readFileSync } from 'node:fs'

const sidebar = JSON.parse(readFileSync(new URL('sidebar.json', import.meta.url), 'utf8'))

// As GitHub names the anchors of headings, so that links work in both places.
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-')

export default {
  title: 'Recado',
  description: 'A self-hosted WhatsApp gateway that speaks the HTTP dialect of Z-API.',
  // A heading such as "GET …/messages/{zaapId}" keeps its braces.
  markdown: { anchor: { slugify }, attrs: { disable: true } },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: sidebar.en } },
    pt: {
      label: 'Português',
      lang: 'pt-BR',
      themeConfig: {
        sidebar: sidebar.pt,
        outline: { label: 'Nesta página' },
        docFooter: { prev: 'Anterior', next: 'Seguinte' },
        darkModeSwitchLabel: 'Aparência',
        sidebarMenuLabel: 'Páginas',
        returnToTopLabel: 'Voltar ao início',
        langMenuLabel: 'Idioma',
      },
    },
  },
  themeConfig: {
    // Not every page is there in both languages: the other language begins at its first page.
    i18nRouting: false,
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          options: {
            // Index and question lose their accents: "codigo" finds "código".
            processTerm: (term) =>
              term
                .normalize('NFD')
                .replace(/\p{Diacritic}/gu, '')
                .toLowerCase(),
          },
        },
        locales: {
          pt: {
            translations: {
              button: { buttonText: 'Buscar', buttonAriaLabel: 'Buscar' },
              modal: {
                noResultsText: 'Nada encontrado para',
                resetButtonTitle: 'Limpar',
                footer: { selectText: 'abrir', navigateText: 'escolher', closeText: 'fechar' },
              },
            },
          },
        },
      },
    },
  },
}
