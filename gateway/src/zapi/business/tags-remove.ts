import { tagOfChat } from './tag-of-chat.js'

export const tagsRemove = tagOfChat('remove', 'Takes a label off a chat.')
