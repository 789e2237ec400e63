discard """
  output: '''
0 1 2 12 23 
l
r
6
'''
"""
import walkers
for x in upTo(3): stdout.write x, " "
for a, b in neighbours(@[1, 2, 3]): stdout.write a, b, " "
echo ""
var t = Tree(kids: @[Tree(name: "l"), Tree(name: "r")], name: "root")
for k in t: echo k.name
let m: Meter = 5
echo m.int + 1
