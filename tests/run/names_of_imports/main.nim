discard """
  output: '''
3
1
4
'''
"""
# A type and a constant keep their names beside another import's routines, each where it is meant.
import std/strutils, shapes
var size: find = 3
echo size
echo "banana".find("an")
proc area(join: int): int = join + shapes.join
echo area(1)
