/** The one order of texts: by code units, the same on every machine and in every language. Dates and ids are in it as they are written. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
