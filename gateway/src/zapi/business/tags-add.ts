import { tagOfChat } from './tag-of-chat.js'

export const tagsAdd = tagOfChat('add', 'Puts a label on a chat.')
