discard """
  output: '''
{"brown": 1, "jumps": 1, "lazy": 1, "quick": 1, "over": 1, "dog": 1, "the": 2, "fox": 1}
2 8 true false 0 -1
key not found: cat
brown=1 jumps=1 lazy=1 quick=1 over=1 dog=1 cat=9 fox=1 55454333 32
true18 false truefalse5
77
{:}0 true
'''
"""
import std/tables
var t: Table[string, int]
for w in ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"]: t.mgetOrPut(w, 0) += 1
echo t
echo t["the"], " ", t.len, " ", "fox" in t, " ", t.hasKey("cat"), " ", t.getOrDefault("cat"), " ", t.getOrDefault("cat", -1)
try:
  echo t["cat"]
except KeyError as e:
  echo e.msg
t["cat"] = 9
t.del("the")
t.del("nobody")
for k, v in t: stdout.write k, "=", v, " "
for k in t.keys: stdout.write k.len
for v in t.mvalues: v *= 2
var sum = 0
for v in t.values: sum += v
echo " ", sum
var got: int
echo t.pop("cat", got), got, " ", t.pop("cat", got), " ", t.hasKeyOrPut("fox", 5), t.hasKeyOrPut("new", 5), t["new"]
t.withValue("fox", v): v[] = 77
echo t["fox"]
t.clear
echo t, t.len, " ", {1: "one", 2: "two"}.toTable == {2: "two", 1: "one"}.toTable
