discard """
  output: '''
{'a', 'b', 'c', 'x', 'y', 'z'}
3
truefalsetrue
3
bc
'''
"""
import letters
echo letters()
filled(three)
echo three.len
echo isSmall(2), isSmall(4), isSmall(6)
echo high(small())
echo middle("abcd")
