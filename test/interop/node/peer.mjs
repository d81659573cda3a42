// SPDX-License-Identifier: Apache-2.0
// Verifies and makes v4.public tokens with npm's paseto, status lists with
// @sd-jwt/jwt-status-list, and reads schemas with ajv: other implementations, for octroi to be
// checked against.
//   verify TOKEN KEY|TRUST         prints the claims; a k4.public, or the seal in a trust file
//   claims TOKEN                    prints the claims, verifying nothing
//   resign TOKEN WORD               prints its claims and footer, signed anew
//   statuses LIST KEY|TRUST         prints "INDEX STATUS" for all that are not 0
//   status TOKEN LIST KEY|TRUST     prints the status of a token in a list
//   relist LIST WORD [INDEX STATUS] prints the list, made and signed anew, with that status set
//   schema [SCHEMA DOCUMENT]...     whether each JSON document is valid under its schema
//   schemas FOLDER...               whether every schema in the folders can be compiled
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { StatusList } from '@sd-jwt/jwt-status-list'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { PublicProtocol } from 'paseto'
import {
  ImportPublicKeyFactory, ImportSecretKeyFactory, SignFactory, VerifyFactory,
} from 'paseto/v4/public'

const v4 = new PublicProtocol(
  ImportPublicKeyFactory, ImportSecretKeyFactory, SignFactory, VerifyFactory)
const read = (path) => readFileSync(path, 'utf8').trim()

// As octroi-testkey makes the key of a word.
function secretPaserk(word) {
  const seed = createHash('sha256').update(word).digest()
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return 'k4.secret.' + Buffer.concat([seed, spki.subarray(-32)]).toString('base64url')
}

// Of a trust file, the seal that the footer names: the token itself says which.
function publicPaserk(where, token) {
  if (where.startsWith('k4.public.')) return where
  const { kid } = JSON.parse(Buffer.from(token.split('.')[3], 'base64url'))
  const seal = JSON.parse(read(where)).seals.find((one) => one.kid === kid)
  if (!seal) throw new Error(`no seal ${kid}`)
  return seal.key
}

// Events have no end.
async function verified(path, where) {
  const token = read(path)
  const key = await v4.ImportPublicKey(publicPaserk(where, token))
  return (await v4.Verify(key, token, { allowNonExpiring: true })).claims
}

const unverified = (token) => {
  const message = Buffer.from(token.split('.')[2], 'base64url')
  return JSON.parse(message.subarray(0, -64))
}

async function signed(claims, word, footer) {
  const key = await v4.ImportSecretKey(secretPaserk(word))
  return v4.Sign(key, claims, { footer })
}

const listOf = (claims) =>
  StatusList.decompressStatusList(claims.status_list.lst, claims.status_list.bits)

// A draft 7 schema, compiled; also checked against draft 7's own schema.
const compiled = (path) => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
  addFormats(ajv)
  return ajv.compile(JSON.parse(read(path)))
}

const commands = {
  async schema(...pairs) {
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const validate = compiled(pairs[i])
      if (validate(JSON.parse(read(pairs[i + 1])))) continue
      const { instancePath, message } = validate.errors[0]
      throw new Error(`${pairs[i + 1]}: ${instancePath} ${message}`)
    }
    return `${pairs.length / 2} valid`
  },
  async schemas(...folders) {
    const paths = folders.flatMap((folder) =>
      readdirSync(folder).map((name) => `${folder}/${name}`))
    const schemas = paths.filter((path) => path.endsWith('.schema.json'))
    schemas.forEach(compiled)
    return `${schemas.length} schemas`
  },
  async verify(path, where) {
    return JSON.stringify(await verified(path, where))
  },
  async statuses(path, where) {
    const list = listOf(await verified(path, where))
    const lines = list.statusList.map((status, index) => `${index} ${status}`)
    return lines.filter((line) => !line.endsWith(' 0')).join('\n')
  },
  async status(path, listPath, where) {
    const { idx, uri } = (await verified(path, where)).status.status_list
    const claims = await verified(listPath, where)
    if (claims.sub !== uri) throw new Error(`the list is ${claims.sub}, the token's ${uri}`)
    return `status ${listOf(claims).getStatus(idx)} of ${idx}`
  },
  async claims(path) {
    return JSON.stringify(unverified(read(path)))
  },
  // The same claims under another's signature and library; octroi's footer is kept.
  async resign(path, word) {
    const token = read(path)
    return signed(unverified(token), word, Buffer.from(token.split('.')[3], 'base64url'))
  },
  async relist(path, word, index, status) {
    const token = read(path)
    const claims = unverified(token)
    const old = listOf(claims)
    const list = new StatusList(old.statusList, claims.status_list.bits)
    if (index !== undefined) list.setStatus(Number(index), Number(status))
    claims.status_list.lst = list.compressStatusList()
    return signed(claims, word, Buffer.from(token.split('.')[3], 'base64url'))
  },
}

const [name, ...words] = process.argv.slice(2)
if (!Object.hasOwn(commands, name ?? '')) {
  console.error('peer: verify|claims|resign|statuses|status|relist|schema|schemas WORDUMENT...')
  process.exit(2)
}
try {
  console.log(await commands[name](...words))
} catch (error) {
  console.error(`peer: ${error.message}`)
  process.exit(1)
}
