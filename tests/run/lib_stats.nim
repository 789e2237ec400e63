discard """
  output: '''
2.5 1.25 1.0 4.0 4 10.0
2.5 1.0 2.0
2.0 0.0
'''
"""
import stats
var st: RunningStat
st.push(@[1.0, 2.0, 3.0, 4.0])
echo st.mean, " ", st.variance, " ", st.min, " ", st.max, " ", st.n, " ", st.sum
echo mean([1, 2, 3, 4]), " ", variance(@[2.0, 4.0]), " ", varianceS(@[2.0, 4.0])
var rr: RunningRegress
rr.push(@[1.0, 2.0, 3.0], @[2.0, 4.0, 6.0])
echo rr.slope, " ", rr.intercept
