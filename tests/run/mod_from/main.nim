discard """
  output: '''
red a+b
blue
1 2
word one own two word one
'''
"""
# from … import, import … except, import … as.
from colors import red, mix
from colors import nil
import numbers as n
import words except two
echo red, " ", mix("a", "b")
echo colors.blue
echo n.one, " ", n.two()
proc two(): string = "own two"
echo one(), " ", two(), " ", words.one()
