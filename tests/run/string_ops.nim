discard """
  output: '''
3 0
0
ab
4 0
[insert]
x y z 
0x 1y 2z 
true ell5ctrue1.5
true true
'''
"""
var s = newString(3)
echo s.len, " ", ord(s[0])
s = newStringOfCap(100)
echo s.len
s.add("abc")
s.setLen(2)
echo s
s.setLen(4)
echo s.len, " ", ord(s[3])
s = "insert"
s.insert("[", 0)
s.insert("]", s.len)
echo s
for c in "xyz": stdout.write(c, ' ')
echo ""
for i, c in "xyz": stdout.write(i, c, ' ')
echo ""
echo 'l' in "hello", " ", "ell" & $5 & $'c' & $true & $1.5
echo "a" & "b" == "ab", " ", cmp("a", "b") < 0
