discard """
  output: '''
{a, c, d}{a}{c}truefalsetruetruetruetrue2
{c, e}2
c
e
37truefalse3212632328928192
{-5, 3, 100}true
1
300
65535
{1, 2, 300, 65535}
{100, 120, 121, 122, 123, 140}6
{100, 120, 122, 123, 140}
truefalse
truefalse
true
{b0, b2}false
{b0}
{'a', 'b'}{'a', 'b', 'x'}
{}true0
1717{a, c}
true
{a, c}
{a, b} >= {a} true
{a, b} > {a, b} false
'''
"""
# Sets of all sizes with all operators.
type
  E = enum a, b, c, d, e
  Big = enum b0, b1 = 70, b2 = 200
var s: set[E] = {a, c}
echo s + {d}, s * {a, b}, s - {a}, s <= {a, b, c}, s < s, {a} < s, s == {c, a}, a in s, b notin s, card(s)
incl s, e; excl s, a
echo s, s.len
for x in s: echo x
var cs: set[char] = {'a'..'z', '0'..'9', '_'}
echo card(cs), 'q' in cs, 'Q' in cs, sizeof(cs), sizeof(s), sizeof(set[Big]), sizeof(set[uint8]), sizeof(set[int8]), sizeof(set[range[0..63]]), sizeof(set[range[0..64]]), sizeof(set[range[5..20]]), sizeof(set[uint16])
var i8: set[int8] = {-5'i8, 3, 100}
echo i8, -5'i8 in i8
var u16: set[uint16] = {1'u16, 65535, 300}
for x in u16: echo x
echo u16 + {2'u16}
var r: set[range[100..140]] = {range[100..140](100), 120..123, 140}
echo r, card(r)
r.excl 121
echo r
proc has(c: char): bool = c in {'+', '-', '*'}
echo has('+'), has('a')
let v = 5
echo v in {1, 3, 5}, v in {1..4}
echo {1, 2} is set[range[0..65535]]
var big: set[Big] = {b0, b2}
echo big, b1 in big
echo ({b0} + {b1}) * big
const cc = {'a', 'b'}
echo cc, {'x'} + cc
var em: set[E]
echo em, em == {}, em.card
proc flags(s: set[E]): int =
  for x in s: result += 1 shl ord(x)
echo flags({a, e}), cast[uint8]({a, e}), cast[set[E]](5'u8)
echo s.contains(c)
let dd = {a..c} - {b}
echo dd
template tst(x: untyped) = echo astToStr(x), " ", x
tst({a, b} >= {a})
tst({a, b} > {a, b})
