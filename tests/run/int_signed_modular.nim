discard """
  output: '''
true
true
-128
44
9223372036854775807
3
true false
'''
"""
# `+%` and its kin never raise.
echo high(int) +% 1 == low(int)
echo low(int) -% 1 == high(int)
echo 127'i8 +% 1'i8
echo 100'i8 *% 3'i8
echo -1 /% 2
echo 7 %% 4
echo 5 <% -1, " ", -1 <=% 5
