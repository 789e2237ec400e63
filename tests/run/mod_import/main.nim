discard """
  output: '''
12 1
hi!
qualified! 1
11 11
'''
"""
import shapes
import util/text
echo area(Rect(w: 3, h: 4)), " ", unit.w
echo shout("hi")
echo text.shout("qualified"), " ", shapes.area(unit)
inc counter
echo counter, " ", current()
