discard """
  output: '''
0
2 @["w1", "w2"]
score 100 of 2
score 101 of 2
'''
"""
# One module's globals are shared by all who import it.
import state, worker
echo score
work()
work()
echo score, " ", names
score = 100
echo report()
bump(score)
echo report()
