discard """
  output: '''
A(3)
'''
"""
# Two modules that import each other: what is declared before the import is seen.
import a
echo makeA(3)
