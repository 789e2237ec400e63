discard """
  output: '''
true true 657
@["3", "13", "23", "33", "43", "53", "63", "73", "83", "93"]
'''
"""
# Many keys, with removals between, against a plain seq.
import std/tables
var t = initTable[int, int]()
var plain = newSeq[int](1000)
var seed = 7
for i in 1..5000:
  seed = (seed * 1103515245 + 12345) mod 2147483647
  let k = seed mod 1000
  if i mod 3 == 0:
    t.del(k)
    plain[k] = 0
  else:
    t[k] = i
    plain[k] = i
var n = 0
var same = true
for k in 0..999:
  if plain[k] != 0: inc n
  if t.getOrDefault(k) != plain[k]: same = false
echo same, " ", n == t.len, " ", t.len
var s: Table[int, seq[string]]
for i in 0..99: s.mgetOrPut(i mod 10, @[]).add($i)
echo s[3]
