/** What WhatsApp would say of channels, where there is no WhatsApp: one channel, whose changes all succeed. */

import type { NewsletterApi, NewsletterInfo } from '../../src/domain/newsletter.js'

const someNewsletter: NewsletterInfo = {
  newsletter: '120363166555745933',
  name: 'Condomínio',
  description: 'Avisos do prédio',
  subscribers: 150,
  createdAt: 1_695_124_988_000,
  isActive: true,
  isVerified: false,
  invitation: '0029Va5Xk71a',
  pictureUrl: 'https://example.com/picture.jpg',
  previewUrl: 'https://example.com/preview.jpg',
  isMuted: false,
  role: 'owner',
}
const done = async () => {}

export const standInNewsletters: NewsletterApi = {
  list: async () => [someNewsletter],
  find: async () => someNewsletter,
  search: async () => [someNewsletter],
  create: async () => someNewsletter.newsletter,
  change: done,
  delete: done,
  follow: done,
  unfollow: done,
  setMuted: done,
  inviteAdmin: async () => 1_800_000_000_000,
  acceptInvitation: done,
  revokeInvitation: done,
  removeAdmin: done,
  transfer: done,
}
