/** The calls that a form offers, in groups, by the names that people know. */

/** English and Portuguese. */
type Names = Readonly<Record<string, readonly [en: string, pt: string]>>

export interface KindGroup {
  readonly title: readonly [en: string, pt: string]
  /** By the call's path. */
  readonly names: Names
}

/** In the order of the choice. A call that stands nowhere here is offered under its summary. */
export const kindGroups: readonly KindGroup[] = [
  {
    title: ['Codes and text', 'Códigos e texto'],
    names: {
      '/send-button-otp': ['Code with a copy button', 'Código com botão de copiar'],
      '/otp/start': ['Code made by Recado', 'Código gerado pelo Recado'],
      '/otp/check': ['Check a code', 'Conferir um código'],
      '/send-text': ['Text', 'Texto'],
      '/send-link': ['Link with preview', 'Link com prévia'],
    },
  },
  {
    title: ['Files', 'Arquivos'],
    names: {
      '/send-image': ['Image', 'Imagem'],
      '/send-video': ['Video', 'Vídeo'],
      '/send-audio': ['Voice message', 'Mensagem de voz'],
      '/send-document/:extension': ['Document', 'Documento'],
      '/send-sticker': ['Sticker', 'Figurinha'],
      '/send-gif': ['GIF', 'GIF'],
      '/send-ptv': ['Round video', 'Vídeo redondo'],
    },
  },
  {
    title: ['Buttons and lists', 'Botões e listas'],
    names: {
      '/send-button-list': ['Buttons that answer', 'Botões de resposta'],
      '/send-button-actions': ['Buttons that act', 'Botões de ação'],
      '/send-option-list': ['List of options', 'Lista de opções'],
      '/send-carousel': ['Carousel', 'Carrossel'],
      '/send-button-pix': ['Pix key', 'Chave Pix'],
    },
  },
  {
    title: ['Places, people, plans', 'Lugares, pessoas, planos'],
    names: {
      '/send-location': ['Place', 'Localização'],
      '/send-contact': ['Contact', 'Contato'],
      '/send-contacts': ['Several contacts', 'Vários contatos'],
      '/send-poll': ['Poll', 'Enquete'],
      '/send-event': ['Event', 'Evento'],
      '/send-newsletter-admin-invite': ['Invitation to a channel', 'Convite para um canal'],
    },
  },
  {
    title: ['Shop', 'Loja'],
    names: {
      '/send-product': ['Product', 'Produto'],
      '/send-catalog': ['Catalogue', 'Catálogo'],
      '/send-order': ['Order', 'Pedido'],
      '/order-status-update': ['Status of an order', 'Situação de um pedido'],
      '/order-payment-update': ['Payment of an order', 'Pagamento de um pedido'],
    },
  },
  {
    title: ['To an earlier message', 'Sobre uma mensagem anterior'],
    names: {
      '/send-reaction': ['React', 'Reagir'],
      '/send-remove-reaction': ['Remove the reaction', 'Remover a reação'],
      '/forward-message': ['Forward', 'Encaminhar'],
      '/pin-message': ['Pin or unpin', 'Fixar ou desafixar'],
      '/read-message': ['Mark as read', 'Marcar como lida'],
      '/messages': ['Delete for everyone', 'Apagar para todos'],
      '/reply-button': ['Tap a button', 'Tocar em um botão'],
      '/reply-template-button': ['Tap a button of a template', 'Tocar em um botão de modelo'],
      '/send-poll-vote': ['Vote in a poll', 'Votar em uma enquete'],
      '/send-event-response': ['Answer an event', 'Responder a um evento'],
      '/send-edit-event': ['Change an event', 'Alterar um evento'],
      '/send-chat-expiration': ['Disappearing messages', 'Mensagens temporárias'],
      '/messages/:zaapId': ['Where a message stands', 'Situação de uma mensagem'],
    },
  },
]
