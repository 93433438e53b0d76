/** How text is looked for wherever names are: in any case, without accents, apostrophes and commas, its words in any order. */

/** Text to look in: small letters, without accents, apostrophes and commas. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\p{M}'’‘ʼʻ`´]/gu, '')
    .replace(/[,;]/g, ' ')
    .toLowerCase()

/** The words that are looked for. */
export const wordsOf = (typed: string): string[] => folded(typed).split(/\s+/).filter(Boolean)

/** Whether a text contains every word of what somebody typed. Nothing typed is in every text. */
export function finds(text: string, typed: string): boolean {
  const hay = folded(text)
  return wordsOf(typed).every((word) => hay.includes(word))
}
