discard """
  output: '''
12
4.0 aaa
'''
"""
# One import of many, with a folder's list and `std/`.
import pkg1/[one, two], std/math, std / [strutils]
echo one(), two()
echo sqrt(16.0), " ", "a".repeat(3)
