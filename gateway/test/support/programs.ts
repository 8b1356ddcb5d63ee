/** Where the programs of this machine are: ffmpeg may be there. */
export const programs = process.env['PATH'] ?? ''
