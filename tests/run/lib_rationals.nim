discard """
  output: '''
1/21/1true0.5-1/23/42/1true-1/2
37/23/21/21-41/2
1/122/7
'''
"""
import rationals
let r = 1 // 3 + 1 // 6
echo r, r * 2, r < 1 // 1, toFloat(r), -r, toRational(0.75), r.reciprocal, r == 2 // 4, 3 // -6
echo toInt(7 // 2), abs(-7 // 2), r / (1 // 3), 1 - r, cmp(1 // 2, 1 // 3), floorDiv(-7 // 2, 1 // 1), (7 // 2) mod (1 // 1)
var x = 1 // 2
x += 1
x *= 2 // 3
echo x, toRational(3.14159, 100)
