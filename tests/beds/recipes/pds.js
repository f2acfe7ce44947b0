// Starts an in-memory PLC directory and a Bluesky PDS in one process, both on 127.0.0.1 only, and says "pds up".
// Notes one line per request to the PDS: method, tab, target, tab, cookies.
const fs = require('fs')
const path = require('path')
const from = (name) => require(path.join(process.env.BED_CODE, 'node_modules', name))
const { PlcServer, Database } = from('@did-plc/server')
const { PDS, envToCfg, envToSecrets, readEnv } = from('@atproto/pds')

function onLoopback(app, noted) {
  const listen = app.listen.bind(app)
  app.listen = (port, ...rest) => {
    const server = listen(port, '127.0.0.1', ...rest)
    if (noted) {
      server.prependListener('request', (request) => {
        fs.appendFileSync(noted, `${request.method}\t${request.url}\t${request.headers.cookie || ''}\n`)
      })
    }
    return server
  }
}

async function main() {
  const plc = PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT) })
  onLoopback(plc.app)
  await plc.start()
  const env = readEnv()
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  onLoopback(pds.app, process.env.BED_REQUESTS)
  await pds.start()
  console.log('pds up')
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
