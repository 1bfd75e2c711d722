// SPDX-License-Identifier: Apache-2.0
// Exported CSAF and iCalendar files by libraries of node. `node outside_node.mjs MODULES csaf|csaf-vex|csaf-2.1|ics`,
// one file name a line on standard input; prints {"faults": [...], "warned": {...}}. Called by outside.py; needs nothing
// of SCC.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, format] = process.argv.slice(2)
const load = (...path) => import(pathToFileURL(join(modules, ...path)).href)
const files = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const faults = []
const warned = {}

// JSON Schema in its strict form and every mandatory test the library has. Of CWE it knows the versions up to its own
// release: names out of a later one are held against the latest it knows.
async function csaf(version) {
  const library = ['@secvisogram', 'csaf-validator-lib', ...(version === '2.1' ? ['csaf_2_1'] : [])]
  const schema = await load(...library, 'schemaTests.js')
  const mandatory = await load(...library, 'mandatoryTests.js')
  const { default: validate } = await load('@secvisogram', 'csaf-validator-lib', 'validate.js')
  const { cwecMap } = await load('@secvisogram', 'csaf-validator-lib', 'lib', 'cwec.js')
  const order = (text) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)
  const latest = [...cwecMap.keys()].sort((a, b) => order(a) - order(b)).at(-1)
  const tests = [version === '2.1' ? schema.csaf_2_1_strict : schema.csaf_2_0_strict, ...Object.values(mandatory)]
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8'))
    for (const each of (document.vulnerabilities ?? []).flatMap((one) => one.cwes ?? []))
      if (!cwecMap.has(each.version)) {
        each.version = latest
        warned['cwe'] = (warned['cwe'] ?? 0) + 1
      }
    const result = await validate(tests, document)
    if (result.isValid) continue
    for (const test of result.tests)
      for (const each of test.errors ?? [])
        faults.push(`${basename(file)}: ${test.name} ${each.instancePath} ${each.message}`)
  }
}

// Parsed, written again and parsed again: the same events, with the same properties and alarms.
async function calendar() {
  const { default: ICAL } = await load('ical.js', 'dist', 'ical.js')
  const told = (text) => {
    const found = new ICAL.Component(ICAL.parse(text))
    return found.getAllSubcomponents('vevent').map((event) => ({
      uid: event.getFirstPropertyValue('uid'),
      start: String(event.getFirstPropertyValue('dtstart')),
      all: JSON.stringify(event.toJSON()),
      alarms: event.getAllSubcomponents('valarm').map((one) => String(one.getFirstPropertyValue('trigger'))),
    }))
  }
  for (const file of files) {
    try {
      const text = readFileSync(file, 'utf8')
      const first = told(text)
      const again = told(new ICAL.Component(ICAL.parse(text)).toString())
      if (!first.length) faults.push(`${basename(file)}: no event`)
      if (first.some((each) => !each.uid || !each.start || each.start === 'null'))
        faults.push(`${basename(file)}: an event without UID or DTSTART`)
      if (JSON.stringify(first) !== JSON.stringify(again)) faults.push(`${basename(file)}: differs after reading and writing`)
    } catch (error) {
      faults.push(`${basename(file)}: ${error}`)
    }
  }
}

if (format === 'ics') await calendar()
else await csaf(format === 'csaf-2.1' ? '2.1' : '2.0')
process.stdout.write(JSON.stringify({ faults, warned }))
