/** What the list of all messages says, in both languages. */

import type { MessageKind, MessagePriority } from '../../../gateway/src/console/message-answers.js'
import { texts } from '../../shared/texts.js'

interface FoundWords {
  readonly title: string
  readonly lead: string
  readonly search: string
  readonly searchHint: string
  readonly instance: string
  readonly status: string
  readonly kind: string
  readonly reason: string
  readonly priority: string
  readonly since: string
  readonly until: string
  readonly any: string
  readonly more: string
  readonly clear: string
  readonly total: (count: string, isMore: boolean) => string
  readonly save: string
  readonly empty: string
  readonly groups: Readonly<Record<'waiting' | 'arrived' | 'failed', string>>
  readonly priorities: Readonly<Record<MessagePriority, string>>
  readonly kinds: Readonly<Record<MessageKind, string>>
}

export const foundTexts = texts<FoundWords>(
  {
    title: 'Messages',
    lead: 'What all numbers sent in the last month, the newest first.',
    search: 'Search',
    searchHint: 'Number, id or cause',
    instance: 'Instance',
    status: 'Status',
    kind: 'Kind',
    reason: 'Reason',
    priority: 'Priority',
    since: 'From',
    until: 'To',
    any: 'Any',
    more: 'Filters',
    clear: 'Clear all',
    total: (count, isMore) =>
      isMore ? `More than ${count} messages` : count === '1' ? '1 message' : `${count} messages`,
    save: 'Save as CSV',
    empty: 'There is no such message. Clear a filter, or search for less.',
    groups: { waiting: 'Queued or being sent', arrived: 'Sent', failed: 'Not sent' },
    priorities: { high: 'High', normal: 'Normal', low: 'Low' },
    kinds: {
      'otp-button': 'Code',
      text: 'Text',
      image: 'Image',
      document: 'Document',
      link: 'Link',
      audio: 'Audio',
      video: 'Video',
      sticker: 'Sticker',
      location: 'Place',
      contacts: 'Contacts',
      poll: 'Poll',
      event: 'Event',
      buttons: 'Buttons',
      'button-answer': 'Tap on a button',
      'pix-key': 'Pix key',
      order: 'Order',
      carousel: 'Carousel',
      'option-list': 'List of options',
      edit: 'Edit',
      reaction: 'Reaction',
      deletion: 'Deletion',
      forward: 'Forwarded',
      pin: 'Pin',
      'chat-timer': 'Disappearing messages',
      'poll-vote': 'Vote',
      'event-reply': 'Answer to an event',
      'event-edit': 'Changed event',
      'newsletter-invite': 'Invitation to a channel',
    },
  },
  {
    title: 'Mensagens',
    lead: 'O que todos os números enviaram no último mês, as mais novas primeiro.',
    search: 'Buscar',
    searchHint: 'Número, id ou causa',
    instance: 'Instância',
    status: 'Situação',
    kind: 'Tipo',
    reason: 'Motivo',
    priority: 'Prioridade',
    since: 'De',
    until: 'Até',
    any: 'Qualquer',
    more: 'Filtros',
    clear: 'Limpar tudo',
    total: (count, isMore) =>
      isMore ? `Mais de ${count} mensagens` : count === '1' ? '1 mensagem' : `${count} mensagens`,
    save: 'Salvar como CSV',
    empty: 'Não há mensagem assim. Limpe um filtro, ou busque por menos.',
    groups: { waiting: 'Na fila ou sendo enviadas', arrived: 'Enviadas', failed: 'Não enviadas' },
    priorities: { high: 'Alta', normal: 'Normal', low: 'Baixa' },
    kinds: {
      'otp-button': 'Código',
      text: 'Texto',
      image: 'Imagem',
      document: 'Documento',
      link: 'Link',
      audio: 'Áudio',
      video: 'Vídeo',
      sticker: 'Figurinha',
      location: 'Localização',
      contacts: 'Contatos',
      poll: 'Enquete',
      event: 'Evento',
      buttons: 'Botões',
      'button-answer': 'Toque em um botão',
      'pix-key': 'Chave Pix',
      order: 'Pedido',
      carousel: 'Carrossel',
      'option-list': 'Lista de opções',
      edit: 'Edição',
      reaction: 'Reação',
      deletion: 'Exclusão',
      forward: 'Encaminhada',
      pin: 'Fixação',
      'chat-timer': 'Mensagens temporárias',
      'poll-vote': 'Voto',
      'event-reply': 'Resposta a um evento',
      'event-edit': 'Evento alterado',
      'newsletter-invite': 'Convite para um canal',
    },
  },
)
