discard """
  output: '''
0 25
visible
invisible hidden
'''
"""
# `export` passes on what another module has.
import facade
echo origin.x, " ", dist(Point(x: 3, y: 4))
echo visible()
when declared(invisible): echo "invisible seen" else: echo "invisible hidden"
