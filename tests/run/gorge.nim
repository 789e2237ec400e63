discard """
  output: '''
run
(output: "wrong\nthe input", exitCode: 3)
("one\n\ntwo\n", 0)
known
'''
"""
# Commands that run while compiling, in the directory of the module.
import std/[macros, strutils]

const here = staticExec("pwd")
echo here.rsplit('/', 1)[^1]
const both = gorgeEx("echo wrong >&2; cat; exit 3", "the input")
echo both
macro lines(): untyped =
  let (output, code) = gorgeEx("printf 'one\n\ntwo\n\n'")
  newLit((output, code))
echo lines()
proc said(s: string): string {.compileTime.} = gorge("echo " & s)
const known = said("known")
echo known
static: doAssert gorgeEx("exit 7").exitCode == 7
