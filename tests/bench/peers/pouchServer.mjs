// express-pouchdb over PouchDB and leveldb: what pouchdb-server wraps. node pouchServer.mjs PEERS FOLDER
import { createRequire } from 'node:module'
import path from 'node:path'
const [peers, folder] = process.argv.slice(2)
const require = createRequire(path.join(peers, 'x.js'))
const Kept = require('pouchdb-node').defaults({ prefix: `${folder}/` })
const app = require('express')()
app.use('/', require('express-pouchdb')(Kept, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt') }))
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
