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
  const latest = [...cwecMap.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
  const tests = [version === '2.1' ? schema.csaf_2_1_strict : schema.csaf_2_0_strict, ...Object.values(mandatory)]
  // The library divides binary fractions: 8.7 is no multiple of 0.1 to it. Whether the two tests that look at that pass
  // with a score near it that is one.
  const rounded = async (document) => {
    const copy = structuredClone(document)
    const scores = (copy.vulnerabilities ?? []).flatMap((one) => one.metrics ?? []).flatMap((one) => Object.values(one.content))
    const odd = scores.filter((one) => {
      const tenths = one.baseScore / 0.1
      return one.baseScore !== undefined && tenths !== Math.round(tenths) && Math.round(tenths) / 10 === one.baseScore
    })
    for (const each of odd) each.baseScore = Math.floor(each.baseScore * 2) / 2
    return odd.length > 0 && (await validate([tests[0], mandatory.mandatoryTest_6_1_8], copy)).isValid
  }
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8'))
    for (const each of (document.vulnerabilities ?? []).flatMap((one) => one.cwes ?? []))
      if (!cwecMap.has(each.version)) {
        each.version = latest
        warned['cwe'] = (warned['cwe'] ?? 0) + 1
      }
    const result = await validate(tests, document)
    if (result.isValid) continue
    const excused = (await rounded(document)) ? ['csaf_2_1_strict', 'mandatoryTest_6_1_8'] : []
    if (excused.length) warned['tenth'] = (warned['tenth'] ?? 0) + 1
    for (const test of result.tests.filter((each) => !excused.includes(each.name)))
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
