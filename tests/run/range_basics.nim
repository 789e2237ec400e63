discard """
  output: '''
60 0 100 8
6 0 1
-4
30 49
b f
'''
"""
type
  Percent = range[0..100]
  Small = range[-5..5]
var p: Percent = 50
p = p + 10
echo p, " ", low(Percent), " ", high(Percent), " ", sizeof(Percent)
let n: Natural = 5
let q: Positive = 1
echo n + q, " ", low(Natural), " ", low(Positive)
var s: Small = -5
inc s
echo s
proc half(p: Percent): Percent = p div 2
echo half(p), " ", half(99)
type Letter = range['a'..'f']
var l: Letter = 'b'
echo l, " ", high(Letter)
