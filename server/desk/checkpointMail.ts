/** A signed checkpoint in a mailbox outside of the house, every day: whoever holds the server cannot reach it there. */
import { instant, schoolDateOf } from '../../shared/time.ts'
import { readCheckpoint } from '../../shared/evidence/checkpoint.ts'
import type { Context } from '../context.ts'
import { isSigned } from '../log/receipts.ts'
import type { Letter } from './digestMail.ts'
import type { Send } from './mail.ts'

/** The letter with the newest checkpoint; its last line is what `recoup verify --checkpoint` reads. */
export function checkpointLetter({ checkpoints, receiptKey, store }: Pick<Context, 'checkpoints' | 'receiptKey' | 'store'>): Letter {
  const { body, signature } = checkpoints.kept(1)[0] ?? checkpoints.newest()
  const said = readCheckpoint({ body, signature }, receiptKey.publicKey, isSigned)
  if (!said) throw new Error('a checkpoint that was just signed does not read')
  const district = store.get('district', 'district')?.body
  const on = schoolDateOf(instant(said.at), district?.zone ?? 'UTC')
  return {
    subject: `Recoup checkpoint ${on}, number ${said.seq}`,
    text: `${district?.name ?? 'Recoup'}: the log up to number ${said.seq}, ${new Date(said.at).toISOString()}.
Key ${receiptKey.publicKey}

Keep this letter. To hold the log to it, put the next line into a file and run: recoup verify --checkpoint FILE
Guarde esta carta. Para comprobar el registro, ponga la línea siguiente en un archivo y ejecute: recoup verify --checkpoint FILE

${JSON.stringify({ body, signature })}
`,
  }
}

/** Sends it to everybody who keeps one. Rejects when one could not be sent. */
export async function sendCheckpoint(context: Context, to: readonly string[], send: Send): Promise<void> {
  const letter = checkpointLetter(context)
  for (const keeper of to) await send(keeper, letter)
}
