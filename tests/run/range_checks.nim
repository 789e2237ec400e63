discard """
  exitcode: 1
  output: '''
51108111
612
value out of range: 11 notin 1 .. 10
value out of range: 11 notin 1 .. 10
'''
"""
# Subranges of all kinds: where values are checked, and what they are as types.
type
  Small = range[1..10]
  Sub = range[-5'i8..5'i8]
  CR = range['a'..'f']
  E = enum e1, e2, e3, e4
  ER = range[e2..e3]
  FR = range[0.0..1.0]
var s: Small = 5
echo s, low(Small), high(Small), sizeof(Small), sizeof(Sub), sizeof(CR), sizeof(ER)
proc f(x: Small): int = x * 2
echo f(3), f(s + 1)
var big = 11
try:
  s = big
except RangeDefect as e: echo e.msg
try: echo f(big)
except RangeDefect as e: echo e.msg
try: s += 6
except RangeDefect as e: echo e.msg
try: inc s, 20
except RangeDefect as e: echo e.msg
except OverflowDefect as e: echo "ov", e.msg
echo s
var c: CR = 'b'
try: c = chr(ord('f') + s - s + 1)
except RangeDefect as e: echo e.msg
var er: ER = e2
inc er
echo er
var x = 4
try: echo E(x)
except RangeDefect as e: echo e.msg
var fr: FR = 0.5
var d = 1.5
try: fr = d
except RangeDefect as e: echo e.msg
var sb: Sub = 3
try: sb = Sub(x * 2)
except RangeDefect as e: echo e.msg
var nat: Natural = 3
try: nat = x - 10
except RangeDefect as e: echo e.msg
try: dec nat, 4
except RangeDefect as e: echo e.msg
except OverflowDefect as e: echo e.msg
echo nat
var arr: array[Small, int]
arr[3] = 4
echo arr.len, arr
for i in low(arr)..high(arr): arr[i] = i * i
echo arr
echo (s is int), typeof(s + 1)
for r in Small.low .. Small.high: stdout.write r, " "
echo ""
var u: range[0'u8..200'u8] = 4
echo u + 3
let z: 0..10 = 4
echo z
type Digit = range[0..9]
var ds: seq[Digit] = @[Digit 1, 2, 3]
ds.add 4
echo ds
var st: set[Digit] = {Digit 1, 3}
st.incl 5
echo st, card(st), sizeof(st)
case s
of 1..4: echo "low"
of 5..10: echo "high"
try: echo int8(x * 100)
except RangeDefect as e: echo e.msg
try: echo uint8(300 + x - x) 
except RangeDefect as e: echo e.msg
var beyond = 1e30
try: echo int(beyond)
except RangeDefect as e: echo "fl"
