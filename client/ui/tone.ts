/** What a colour says. Never said by colour alone: each tone also has a shape (see Icon) and stands beside words. */
export type Tone = 'calm' | 'accent' | 'good' | 'warn' | 'stop'
