## Counters, lists and tables that macros share, by name.
##
## They last as long as a compilation does; each begins anew when a version of the program is checked.

import macros

type
  CacheCounter* = distinct string ## A number.
  CacheSeq* = distinct string ## A list of nodes.
  CacheTable* = distinct string ## Nodes by their keys.

var counters {.compileTime.}: seq[(string, int)]
var lists {.compileTime.}: seq[(string, seq[NimNode])]
var tables {.compileTime.}: seq[(string, seq[(string, NimNode)])]

proc place[T](all: var seq[(string, T)], key: string): int {.compileTime.} =
  for i in 0 ..< all.len:
    if all[i][0] == key: return i
  all.add (key, default(T))
  all.len - 1

proc value*(c: CacheCounter): int {.compileTime.} =
  ## What it has counted to.
  counters[place(counters, string(c))][1]
proc inc*(c: CacheCounter; by = 1) {.compileTime.} =
  ## Counts on.
  counters[place(counters, string(c))][1] += by

proc add*(s: CacheSeq; value: NimNode) {.compileTime.} =
  ## Adds a node.
  lists[place(lists, string(s))][1].add value
proc len*(s: CacheSeq): int {.compileTime.} =
  ## How many nodes there are.
  lists[place(lists, string(s))][1].len
proc `[]`*(s: CacheSeq; i: int): NimNode {.compileTime.} =
  ## A node by its number.
  let at = place(lists, string(s))
  if i < 0 or i >= lists[at][1].len: error("index " & $i & " not in 0 .. " & $(lists[at][1].len - 1))
  lists[at][1][i]
proc `[]`*(s: CacheSeq; i: BackwardsIndex): NimNode {.compileTime.} =
  ## A node by its number from the end.
  s[s.len - int(i)]
proc incl*(s: CacheSeq; value: NimNode) {.compileTime.} =
  ## Adds a node unless there is an equal one.
  for i in 0 ..< s.len:
    if s[i] == value: return
  s.add value
iterator items*(s: CacheSeq): NimNode =
  ## All nodes.
  for i in 0 ..< s.len: yield s[i]

proc find(t: CacheTable; key: string): int {.compileTime.} =
  let at = place(tables, string(t))
  for i in 0 ..< tables[at][1].len:
    if tables[at][1][i][0] == key: return i
  -1
proc `[]=`*(t: CacheTable; key: string, value: NimNode) {.compileTime.} =
  ## Puts a node under a key that is new.
  if t.find(key) >= 0: error("key already exists: " & key)
  tables[place(tables, string(t))][1].add (key, value)
proc len*(t: CacheTable): int {.compileTime.} =
  ## How many keys there are.
  tables[place(tables, string(t))][1].len
proc contains*(t: CacheTable; key: string): bool {.compileTime.} =
  ## Is there something under the key?
  t.find(key) >= 0
proc hasKey*(t: CacheTable; key: string): bool {.compileTime.} = t.find(key) >= 0
  ## Is there something under the key?
proc `[]`*(t: CacheTable; key: string): NimNode {.compileTime.} =
  ## What is under a key.
  let at = t.find(key)
  if at < 0: error("key does not exist: " & key)
  tables[place(tables, string(t))][1][at][1]
proc entry(t: CacheTable; i: int): (string, NimNode) {.compileTime.} = tables[place(tables, string(t))][1][i]
iterator pairs*(t: CacheTable): (string, NimNode) =
  ## All keys and what is under them.
  for i in 0 ..< t.len: yield t.entry(i)
