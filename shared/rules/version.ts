/** Names the rules that totals were judged by: raised with every change that may give other totals from the same log. */
export const RULES_VERSION = 'california-ar 2'
