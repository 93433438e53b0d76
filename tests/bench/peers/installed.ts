/** Peers live in a folder of their own, outside of this project's dependencies. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export const PEERS: Readonly<Record<string, readonly string[]>> = {
  pouch: [
    'pouchdb-node@9',
    'pouchdb-core@9',
    'pouchdb-adapter-memory@9',
    'pouchdb-adapter-leveldb@9',
    'express-pouchdb@4.2.0',
    'express@4',
  ],
  actual: ['@actual-app/sync-server@26.9.0', '@actual-app/crdt@3.1.3'],
}

export const folderOf = (peer: string): string => path.resolve(import.meta.dirname, '../../../node_modules/.cache/recoup/peers', peer)
export const isInstalled = (peer: string): boolean => existsSync(path.join(folderOf(peer), 'node_modules/.package-lock.json'))
/** Loads a peer's module. */
export const peerRequire = (peer: string): NodeJS.Require => createRequire(path.join(folderOf(peer), 'x.js'))
