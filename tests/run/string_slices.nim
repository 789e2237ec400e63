discard """
  output: '''
hello|world|hello|world
l||h
aXYZdef
XYZdef
world|hello|lo world
'''
"""
let s = "hello world"
echo s[0..4], "|", s[6..^1], "|", s[0..<5], "|", s[^5..^1]
echo s[2..2], "|", s[3..2], "|", s[0 .. 0]
var t = "abcdef"
t[1..2] = "XYZ"
echo t
t[0..0] = ""
echo t
echo s.substr(6), "|", s.substr(0, 4), "|", s.substr(3, 100)
