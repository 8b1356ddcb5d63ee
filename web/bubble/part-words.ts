/** What a message itself says, in English and in the Portuguese of Brazil: the same on the phone and in the console. */

import type { MediaForm } from '../../simulator/src/draw/view.js'

const en = {
  photo: 'Photo',
  imageMissing: 'The image could not be loaded',
  fileMissing: 'could not be loaded',
  copyCode: 'Copy code',
  pages: (count: number) => (count === 1 ? '1 page' : `${count} pages`),
  unknown: (name: string) => `kind ${name}`,
  forms: {
    image: 'Photo',
    video: 'Video',
    gif: 'GIF',
    'round-video': 'Video message',
    audio: 'Audio',
    voice: 'Voice message',
    document: 'Document',
    sticker: 'Sticker',
  } satisfies Record<MediaForm, string>,
}

export type PartWords = {
  readonly [Name in keyof typeof en]: (typeof en)[Name] extends string ? string : (typeof en)[Name]
}

const pt: PartWords = {
  photo: 'Foto',
  imageMissing: 'Não foi possível carregar a imagem',
  fileMissing: 'não foi possível carregar',
  copyCode: 'Copiar código',
  pages: (count) => (count === 1 ? '1 página' : `${count} páginas`),
  unknown: (name) => `tipo ${name}`,
  forms: {
    image: 'Foto',
    video: 'Vídeo',
    gif: 'GIF',
    'round-video': 'Mensagem de vídeo',
    audio: 'Áudio',
    voice: 'Mensagem de voz',
    document: 'Documento',
    sticker: 'Figurinha',
  },
}

export const partWords = { en, pt } as const
