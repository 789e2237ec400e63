discard """
  output: '''
520 5 (key: 'a', val: 5)
(key: 'z', val: 20) false
{"b": 3, "c": 1, "a": 2}
'''
"""
import std/tables
var c = toCountTable("abracadabra")
echo c['a'], c['b'], c['z'], " ", c.len, " ", c.largest
c.inc('z', 20)
c['a'] = 1
echo c.largest, " ", 'q' in c
c.sort()
var last = 100
for k, v in c:
  doAssert v <= last
  last = v
var words = initCountTable[string]()
for w in ["a", "b", "a"]: words.inc(w)
words.merge(toCountTable(@["b", "b", "c"]))
echo words
