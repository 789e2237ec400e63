discard """
  output: '''
int left string right float left
left right
char here int left
a red 1
'''
"""
# Overloads come together from several modules; equal names are told apart by their module.
import left, right
echo show(1), " ", show("s"), " ", show(1.5)
echo left.same(), " ", right.same()
proc show(c: char): string = "char here"
echo show('c'), " ", show(2)
echo Kind.a, " ", left.Color.red, " ", right.Color.red.ord
