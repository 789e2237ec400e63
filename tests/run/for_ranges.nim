discard """
  output: '''
1 2 3 0 1 2 3 2 1 0 5 10 10 6 2 
abcfalsetrue
0uint8 1uint8 2uint8 
xx
250 251 252 253 254 255 
-3 -2 -1 0 1 2 3 
012
abc012
'''
"""
for i in 1..3: stdout.write i, " "
for i in 0..<3: stdout.write i, " "
for i in countdown(3, 1): stdout.write i, " "
for i in countup(0, 10, 5): stdout.write i, " "
for i in countdown(10, 0, 4): stdout.write i, " "
echo ""
for i in 5..4: echo "never"
for c in 'a'..'c': stdout.write c
for b in false..true: stdout.write b
echo ""
for i in 0'u8..2'u8: stdout.write i, typeof(i), " "
echo ""
for _ in 1..2: stdout.write "x"
echo ""
for i in 250'u8..255'u8: stdout.write i, " "
echo ""
let n = 3
for i in -n .. n: stdout.write i, " "
echo ""
for i in 0 ..< "abc".len: stdout.write i
echo ""
type E = enum a, b, c
for e in a..c: stdout.write e
for e in low(E) .. high(E): stdout.write ord(e)
echo ""
