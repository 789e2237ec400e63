discard """
  output: '''
inf -inf false true
true true true
1000 200
'''
"""
# Division by zero gives infinities; NaN is unequal to itself.
var zero = 0.0
let inf = 1.0 / zero
let nan = zero / zero
echo inf, " ", -inf, " ", nan == nan, " ", inf > 1e308
echo Inf == inf, " ", NegInf == -inf, " ", NaN != NaN
echo int(1e3), " ", 2.0e2.int
