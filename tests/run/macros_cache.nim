discard """
  output: '''
["foo", "bar", "baz"]
3
8
'''
"""
# Counters, lists and tables that macros share.
import std/[macros, macrocache]
const cnt = CacheCounter"my.counter"
const list = CacheSeq"my.list"
const tab = CacheTable"my.table"
macro reg(n: untyped): untyped =
  inc cnt
  list.add n
  list.incl n
  tab[n.strVal] = newLit(cnt.value)
  result = newEmptyNode()
reg foo
reg bar
reg baz
macro all(): untyped =
  result = newNimNode(nnkBracket)
  for n in list: result.add newLit(n.strVal)
echo all()
static:
  doAssert cnt.value == 3
  doAssert list.len == 3
  doAssert list[1].eqIdent "bar"
  doAssert tab.len == 3
  for k, v in tab: doAssert v.intVal in 1..3
  doAssert tab["foo"].intVal == 1
  inc cnt, 5
macro look(s: static string): untyped = tab[s]
echo look("baz")
static: doAssert cnt.value == 8
const c = cnt.value
echo c
