/** The same events for every server: only ours asks who recorded them. */
import { v7 } from 'uuid'
import { as } from '../../../shared/ids.ts'
import type { Tablet } from '../../support/rush.ts'

export const anyTablet = (): Tablet => ({ device: v7(), staff: as('teacher-0'), site: as('site-0'), cookie: '' })
