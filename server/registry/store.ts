import type { RecordKind, RecordOf, RegistryRecord } from '../../shared/registry.ts'

/** One record to write. The store compares it with what it holds: an equal one is left alone. */
export type RegistryChange = {
  [K in RecordKind]: { readonly kind: K; readonly id: string; readonly ended: boolean; readonly body: RecordOf[K] }
}[RecordKind]

/** What an import keeps of a source that no device needs: courses, terms, classes and their rosters, organizations, codes. */
export interface SourceRecord {
  readonly kind: string
  readonly id: string
  readonly ended: boolean
  readonly body: unknown
}

/**
 * The registry as the server keeps it. Records are replaced whole and never deleted; each write takes the LEA's next sequence
 * inside the commit and is delivered to the sites it concerns.
 */
export interface RegistryStore {
  get<K extends RecordKind>(kind: K, id: string): Extract<RegistryRecord, { kind: K }> | undefined
  /** All records of a kind, ended ones included, in id order. */
  list<K extends RecordKind>(kind: K): Extract<RegistryRecord, { kind: K }>[]
  sources(kind: string): SourceRecord[]
  /** The newest sequence that a record has; 0 before the first. */
  head(): number
  /**
   * Writes all or nothing in one transaction. Gives the last sequence taken; records equal to those held take none.
   * @param from the head on which the changes were worked out: when it is another by now, nothing is written and `RegistryMoved` is thrown
   */
  apply(
    changes: Iterable<RegistryChange>,
    sources?: Iterable<SourceRecord>,
    from?: number,
  ): { readonly seq: number; readonly written: number }
}

/** The registry is no longer what changes were worked out on. */
export class RegistryMoved extends Error {}
