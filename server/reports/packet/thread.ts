/** The thread that seals a packet and writes its paper: a large log takes seconds, and nobody who asks the server waits for them. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Packet } from '../../../shared/report/packet.ts'
import { instant } from '../../../shared/time.ts'
import { openCheckpoints } from '../../log/checkpoints.ts'
import { openLog } from '../../log/log.ts'
import { openDatabase } from '../../log/openDatabase.ts'
import { openPacketSeal } from '../../log/packetSeal.ts'
import { openReceiptKey } from '../../log/receipts.ts'
import type { FromThread, ToThread } from './jobs.ts'
import { packetPdf } from './packetPdf.ts'

/** How long it waits for another's write, in milliseconds. */
const WAIT = 5_000
/** Progress is told after so many parts. */
const TELL_EVERY = 10

const { data, packet } = workerData as ToThread
const tell = (message: FromThread): void => parentPort?.postMessage(message)

/** The seal is signed over the log as this thread finds it; the time in it is the packet's own. */
function sealed(): Packet {
  const db = openDatabase(data, WAIT)
  try {
    const key = openReceiptKey(data)
    const log = openLog(db, { now: () => instant(packet.made.at), newId: () => '', random: (bytes) => Buffer.alloc(bytes) })
    return openPacketSeal(log, openCheckpoints(log, key), key)(packet)
  } finally {
    db.close()
  }
}

const whole = sealed()
const pdf = await packetPdf(
  whole,
  async () => undefined,
  (done, of) => {
    if (done % TELL_EVERY === 0 || done === of) tell({ kind: 'progress', done, of })
  },
)
tell({ kind: 'done', json: Buffer.from(JSON.stringify(whole)), pdf })
