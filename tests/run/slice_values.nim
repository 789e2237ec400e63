discard """
  output: '''
13 3 true 1 .. 3
bcd bcde
abcef
f
@[1, 2, 3]@[3, 4]@[1, 2]
23@[2, 3]
true true
'''
"""
let r = 1..3
echo r.a, r.b, " ", r.len, " ", 2 in r, " ", r
let s = "abcdef"
echo s[r], " ", s[r.a .. ^2]
proc part(x: string, sl: Slice[int]): string = x[sl]
echo part(s, 0..2), part(s, 4..5)
let b = ^1
echo s[b]
var a = [0, 1, 2, 3, 4]
echo a[1..3], a[^2..^1], a[1 ..< 3]
let h = HSlice[int, int](a: 2, b: 3)
echo h.a, h.b, a[h]
echo 'c' in 'a'..'f', " ", 2.5 in 1.0..3.0
