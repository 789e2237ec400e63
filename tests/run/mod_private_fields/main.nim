discard """
  output: '''
5 s
hidden is private
7
'''
"""
import secret
var v = make(5)
v.shown = "s"
echo v.get, " ", v.shown
when compiles(v.hidden): echo "hidden seen" else: echo "hidden is private"
v.set(7)
echo v.get
