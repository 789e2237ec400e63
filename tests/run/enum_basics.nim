discard """
  output: '''
green 1 blue red blue
green green true true
blue red
red green blue 
blue
is not
'''
"""
type Color = enum red, green, blue
var c = green
echo c, " ", ord(c), " ", $blue, " ", low(Color), " ", high(Color)
echo succ(red), " ", pred(blue), " ", c == green, " ", red < blue
echo Color(2), " ", Color.red
for x in Color: stdout.write(x, ' ')
echo ""
inc c
echo c
case c
of red: echo "is red"
of green, blue: echo "is not"
