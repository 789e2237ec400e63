discard """
  output: '''
4
1.0
true
7
bca98
(1, "a", 'c', 1.5, @[1], [2], {3}, true)
(1, "a", 'c', 1.5, @[1], [2], {3}, true)
[0, 1, 4, 9, 16]@[1, 4, 9]5
5 3 1 0 5 10 012abc-2-10516151234
truetruetruetrue
truetruefalse
12
92233720368547758078-128
12.3453
'''
"""
var x = 5
x += 3; x -= 1; x *= 2; x = x div 3
echo x
var f = 1.5
f += 1; f *= 2; f /= 4; f -= 0.25
echo f
var b = true
b = b and not b or true xor false
echo b
inc x; inc(x, 5); dec x; dec(x, 2)
echo x
var c = 'a'
inc c
echo c, succ(c), pred(c), c.ord
let t = (1, "a", 'c', 1.5, @[1], [2], {3}, nil.pointer.isNil)
echo t
echo $t
var arr: array[5, int]
for i in 0 .. arr.high: arr[i] = i * i
echo arr, arr[1..3], arr.len
for i in countdown(5, 1, 2): stdout.write i, " "
for i in countup(0, 10, 5): stdout.write i, " "
for i in 0 ..< 3: stdout.write i
for i in 'a'..'c': stdout.write i
for i in -2 .. -1: stdout.write i
for i, v in [5, 6]: stdout.write i, v
for v in {1, 5}: stdout.write v
for a, b in [(1, 2), (3, 4)].items: stdout.write a, b
echo ""
echo 5 in {1..10}, 5 notin 1..3, 3 in [1, 2, 3], "a" in @["a"]
echo (1, 2) == (1, 2), [1] == [1], @[1] == @[2]
echo 5.cmp(3), 1.max(2)
echo int.high, int.sizeof, (int8).low
echo 12.345.`$`, 1.`+` 2
