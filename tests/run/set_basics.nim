discard """
  output: '''
{'a', 'c', 'd', 'e'} true false 4
{'c', 'd', 'e', 'z'} true
{'c', 'd', 'e', 'q', 'z'} {'d', 'e'} {'c', 'z'}
true false true
{} true 0 4
x
y
'''
"""
var s: set[char] = {'a', 'c'..'e'}
echo s, " ", 'd' in s, " ", 'b' in s, " ", card(s)
s.incl 'z'
s.excl 'a'
echo s, " ", 'a' notin s
let t = {'d', 'e', 'q'}
echo s + t, " ", s * t, " ", s - t
echo {'a'} <= {'a', 'b'}, " ", {'a'} < {'a'}, " ", {'a', 'b'} == {'b', 'a'}
var e: set[char]
echo e, " ", e == {}, " ", e.card, " ", s.len
for c in {'x', 'y'}: echo c
