discard """
  output: '''
@[1, 2, 3, 4] 4 1 4 3
@[1, 20, 3, 4] true false 2 -1
4 @[1, 20, 3]
@[0, 20, 3]
@[0, 20]
@[0, 20, 3, 0] true
@[0, 20, 3]
@[] 0
@["a", "b", "c"] @["x", "y", "z"]
'''
"""
var s = @[1, 2, 3]
s.add(4)
echo s, " ", s.len, " ", s[0], " ", s[^1], " ", high(s)
s[1] = 20
echo s, " ", 20 in s, " ", s.contains(99), " ", s.find(3), " ", s.find(77)
echo s.pop(), " ", s
s.insert(0, 0)
s.delete(1)
echo s
s.setLen(2)
echo s
s.setLen(4)
# What is new is the default in Nim 2, and whatever was there in Nim 1.6.
s[2] = 3
s[3] = 0
echo s, " ", s == @[0, 20, 3, 0]
s.del(0)
echo s
var e: seq[string]
echo e, " ", e.len
e.add "a"
e.add @["b", "c"]
echo e, " ", @["x"] & @["y"] & "z"
