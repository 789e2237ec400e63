discard """
  output: '''
1099511627776-3-13.5abc[1, 2, 3]{1, 3, 5, 6, 7}(a: 1, b: "x")falsebtrue1141510000000000.0873.512true@[@[1], @[2, 3]]
[5, 2, 3][1, 2, 3]
x
y
three
540
-128a .. z
ell
@[2, 3]
5
-1 16 -1 truefalsetruefalse
'''
"""
const big = 1 shl 40
const neg = -7 div 2
const m = -7 mod 2
const f = 7 / 2
const s = "a" & 'b' & "c"
const arr: array[3, int] = [1, 2, 3]
const st = {1, 3, 5..7}
const t = (a: 1, b: "x")
const n = not true or false
const ch = chr(ord('a') + 1)
const cmp = "abc" < "abd"
const l = arr.len + s.len + st.card
const u = 250'u8 + 10
const hx = 0xFF and 0x0F
const ff = 1e10
const mx = max(3, 8)
const fl = 7.9.int
const str = $3.5 & $12 & $true
const nested = @[@[1], @[2, 3]]
echo big, neg, m, f, s, arr, st, t, n, ch, cmp, l, u, hx, ff, mx, fl, str, nested
const i = 5
const names: array[2, string] = ["x", "y"]
var v = arr
v[0] = i
echo v, arr
for x in names: echo x
case 3
of i - 2: echo "three"
else: echo "no"
type A = array[i, int]
echo A.len, sizeof(A)
const lo = low(int8)
const rng = 'a'..'z'
echo lo, rng
const sl = "hello"[1..3]
echo sl
echo arr[1..2]
const rr = (proc (x: int): int = x + 1)
echo rr(4)

# Addresses that are numbers.
type Callback = proc (x: pointer) {.cdecl.}
const
  failed = cast[pointer](-1)
  sixteen = cast[ptr int](16)
  transient = cast[Callback](-1)
  both = (failed, transient)
proc isTransient(c: Callback): bool = c == transient
echo cast[int](failed), " ", cast[int](sixteen), " ", cast[int](transient), " ", isTransient(transient), isTransient(nil), both[1] == transient, failed == nil
