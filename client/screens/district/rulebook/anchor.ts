import type { SourceKey } from '../../../../shared/rules/law.ts'

/** Where a source stands on the page. */
export const anchorOf = (key: SourceKey): string => `source-${key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
