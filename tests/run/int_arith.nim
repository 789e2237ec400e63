discard """
  output: '''
22 12 85 3 2
-3 -2 -3 2
-17 5 17
38
43
4 2 7 -1
'''
"""
# div and mod truncate towards zero; mod has the sign of the dividend.
let a = 17
let b = 5
echo a + b, " ", a - b, " ", a * b, " ", a div b, " ", a mod b
echo -a div b, " ", -a mod b, " ", a div -b, " ", a mod -b
echo -(a), " ", +b, " ", abs(-a)
var c = a
c += 3
c -= 1
c *= 2
echo c
inc c
inc c, 10
dec c
dec c, 5
echo c
echo succ(3), " ", pred(3), " ", succ(3, 4), " ", pred(3, 4)
