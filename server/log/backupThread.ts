/** The thread that writes a scheduled backup, so that nobody who asks the server waits for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { copyAndCheck } from './copy.ts'

const { data, folder } = workerData as { data: string; folder: string }
parentPort?.postMessage(await copyAndCheck(data, folder))
