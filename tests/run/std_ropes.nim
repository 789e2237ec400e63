discard """
  output: '''
hello world11hw
hello world!5
[hello][ ][world][!][5]
a and b a $2.50
q-qxy
q-q
'''
"""
# Ropes.
import std/ropes
var r = rope("hello") & " " & rope("world")
echo r, r.len, r[0], r[6]
r.add "!"; r.add rope(5); echo r
for l in r.leaves: stdout.write "[", l, "]"
echo ""
echo "$1 and $2 $# $$" % [rope("a"), rope("b")], rope(2.5), rope("").len
var s: Rope
s.addf("$1-$1", [rope("q")]); echo s, &[rope("x"), rope("y")]
for c in s: stdout.write c
echo ""
