discard """
  output: '''
true true false true true false
3 5 -1 0 1
true false true
true true
true
10 0 5
true
21
'''
"""
# Comparisons, min and max.
echo 1 < 2, " ", 2 <= 2, " ", 3 > 4, " ", 3 >= 3, " ", 1 == 1, " ", 1 != 1
echo min(3, 5), " ", max(3, 5), " ", cmp(1, 2), " ", cmp(2, 2), " ", cmp(3, 2)
echo 5 in 1..10, " ", 11 in 1..10, " ", 11 notin 1..10
echo 200'u8 > 100'u8, " ", -1 < 0
let x = 5
echo 1 < x and x < 10
echo clamp(15, 0, 10), " ", clamp(-5, 0, 10), " ", clamp(5, 0, 10)
echo swap is proc or true
var a = 1
var b = 2
swap(a, b)
echo a, b
