/** `judgeRun.ts COUNT`: judges made-up histories in this process, in whatever zone it was started in, and prints what came out. */
import { judgeChunks } from './judgeHistories.ts'

console.log(JSON.stringify({ offset: new Date(2026, 0, 1).getTimezoneOffset(), judged: judgeChunks(Number(process.argv[2])) }))
