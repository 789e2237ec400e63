discard """
  output: '''
1000 abcd l
1,2,3,4,5,
01234567891011
'''
"""
# Growing a string a char at a time, and `&=` in a loop.
var s = ""
for i in 0 ..< 1000:
  s.add(char(ord('a') + i mod 26))
echo s.len, " ", s[0..3], " ", s[999]
var t = ""
for i in 1..5:
  t &= $i & ","
echo t
proc build(n: int): string =
  for i in 0 ..< n: result.add($i)
echo build(12)
