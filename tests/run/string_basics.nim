discard """
  output: '''
hello 5 0
hooh
Jello
Jello! you
Jello! you?xyz
true true false true
10 0
true[]
'''
"""
var s = "hello"
echo s, " ", s.len, " ", len("")
echo s[0], s[4], s[^1], s[^5]
s[0] = 'J'
echo s
s.add('!')
s.add(" you")
echo s
s &= "?"
echo s & "x" & 'y' & "z"
echo s == "Jello! you?", " ", "abc" < "abd", " ", "abc" < "ab", " ", "" == ""
echo high(s), " ", low(s)
let empty = ""
echo empty.len == 0, "[", empty, "]"
