discard """
  output: '''
record int
true false
'''
"""
# A class of kinds that begins with the word of a type (manual, "Type classes").
type
  Record = tuple or object
  Plain = object
    x: int
proc show(x: Record): string = "record"
proc show(x: int): string = "int"
echo show(Plain(x: 1)), " ", show(3)
echo Plain is Record, " ", int is Record
