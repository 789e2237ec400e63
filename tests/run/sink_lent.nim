discard """
  output: '''
@["kept", "temporary", "kept!"] kept []
temporary changed
'''
"""
# sink and lent parameters and results behave as values.
type Box = object
  items: seq[string]
proc put(b: var Box, s: sink string) = b.items.add(s)
proc get(b: Box, i: int): lent string = b.items[i]
var b: Box
var s = "kept"
b.put(s)
s.add("!")
b.put("temp" & "orary")
b.put(move s)
echo b.items, " ", b.get(0), " [", s, "]"
let copy = b.get(1)
b.items[1] = "changed"
echo copy, " ", b.get(1)
