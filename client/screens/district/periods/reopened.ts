import type { PeriodReply } from '../../../../shared/api/periods.ts'

/** Whether two people opened the signed period, and no supplement used that up. */
export const isReopened = ({ reopenings }: PeriodReply): boolean => reopenings.some((one) => one.state === 'approved')
